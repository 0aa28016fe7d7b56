using ChatService.Contracts;
using ChatService.Core.Errors;

namespace ChatService.Hub;

public sealed partial class ChatHub
{
    public Task SetPresence(PresenceStatus status)
    {
        var device = Device;
        Limit(RateLimits.Ephemeral, device);
        if (status is not (PresenceStatus.Online or PresenceStatus.Away))
        {
            throw ChatException.Invalid("A connected device is Online or Away.");
        }

        device.Presence = status;
        return presence.RenewAsync(device);
    }

    public Task<IReadOnlyList<PresenceUpdate>> GetPresence()
    {
        Limit(RateLimits.Sync, Device);
        return presenceReader.ReadAsync(Device.UserId, Context.ConnectionAborted);
    }
}
