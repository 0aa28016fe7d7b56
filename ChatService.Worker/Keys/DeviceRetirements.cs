using ChatService.Core.Devices;
using ChatService.Core.Keys;
using ChatService.Core.Storage;

namespace ChatService.Worker.Keys;

/// <summary>Retires devices one by one, each in a transaction of its own, and tells the hubs whose delivery lists are shorter now.</summary>
internal sealed class DeviceRetirements(ChatDbContext db, HubNotices hubs)
{
    private const int Page = 100;

    public async Task<int> RetireAsync(DateTime now, CancellationToken cancellationToken)
    {
        var retired = 0;
        while (await DeviceRetirement.FindAsync(db, now, Page, cancellationToken) is { Count: > 0 } unseen)
        {
            foreach (var deviceId in unseen)
            {
                if (await DeviceRetirement.RetireAsync(db, deviceId, now, cancellationToken) is { } device)
                {
                    await hubs.TellAsync(UpkeepNotice.Of(device));
                    retired++;
                }
            }
        }

        return retired;
    }
}
