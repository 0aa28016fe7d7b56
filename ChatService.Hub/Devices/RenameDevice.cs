using ChatService.Contracts;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Devices;

internal static class RenameDevice
{
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        Guid deviceId, RenameDeviceRequest request, CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken)
    {
        var name = DeviceUpload.CleanName(request.Name);
        return await OwnDevice.Of(db, caller.Id, deviceId)
            .ExecuteUpdateAsync(set => set.SetProperty(device => device.Name, name), cancellationToken) == 1
            ? TypedResults.NoContent()
            : throw OwnDevice.Unknown();
    }
}
