using ChatService.Contracts;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Devices;

/// <summary>Keeps conversations within <see cref="Limits.DevicesPerConversation"/>.</summary>
internal static class DeviceCount
{
    public static Task<int> OfUsersAsync(ChatDbContext db, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        db.Devices.CountAsync(device => userIds.Contains(device.ChatUserId) && device.RemovedAt == null, cancellationToken);
}
