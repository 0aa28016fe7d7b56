using ChatService.Core.Keys;
using ChatService.Core.Storage;

namespace ChatService.Worker.Keys;

/// <summary>Asks connected devices for what only they can make. Asked again by every run until it is done.</summary>
internal sealed class KeyRequests(ChatDbContext db, HubNotices hubs)
{
    private const int Page = 500;

    public async Task<int> AskToRotateAsync(DateTime now, CancellationToken cancellationToken)
    {
        var asked = 0;
        for (var after = Guid.Empty; ;)
        {
            var due = await KeyQueries.FindDueAsync(db, now, after, Page, cancellationToken);
            if (due.Count == 0)
            {
                return asked;
            }

            await hubs.TellAsync(UpkeepNotice.ToRotate([.. due]));
            asked += due.Count;
            after = due[^1];
        }
    }

    public async Task<int> AskToTopUpAsync(DateTime now, CancellationToken cancellationToken)
    {
        var asked = 0;
        for (var after = Guid.Empty; ;)
        {
            var low = await KeyQueries.FindLowAsync(db, now, after, Page, cancellationToken);
            if (low.Count == 0)
            {
                return asked;
            }

            await hubs.TellAsync(UpkeepNotice.ToTopUp([.. low]));
            asked += low.Count;
            after = low[^1].DeviceId;
        }
    }
}
