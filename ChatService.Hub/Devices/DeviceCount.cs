using ChatService.Contracts;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Devices;

/// <summary>Keeps conversations within <see cref="Limits.DevicesPerConversation"/>.</summary>
internal static class DeviceCount
{
    /// <summary>Whether one of the user's conversations could not take another device.</summary>
    public static Task<bool> AnyFullAsync(ChatDbContext db, Guid userId, CancellationToken cancellationToken) =>
        db.Participants
            .Where(mine => mine.ChatUserId == userId)
            .AnyAsync(
                mine => db.Participants
                    .Where(member => member.ConversationId == mine.ConversationId)
                    .Join(db.Devices.Where(device => device.RemovedAt == null), member => member.ChatUserId, device => device.ChatUserId, (_, device) => device.Id)
                    .Count() >= Limits.DevicesPerConversation,
                cancellationToken);

    public static Task<int> OfUsersAsync(ChatDbContext db, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken) =>
        db.Devices.CountAsync(device => userIds.Contains(device.ChatUserId) && device.RemovedAt == null, cancellationToken);
}
