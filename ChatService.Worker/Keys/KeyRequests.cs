using ChatService.Core.Keys;
using ChatService.Core.Storage;

namespace ChatService.Worker.Keys;

/// <summary>Asks connected devices for what only they can make. Asked again by every run until it is done.</summary>
internal sealed class KeyRequests(ChatDbContext db, HubNotices hubs)
{
    private const int Page = 500;

    public Task<int> AskToRotateAsync(DateTime now, CancellationToken cancellationToken) => AskAsync(
        after => KeyQueries.FindDueAsync(db, now, after, Page, cancellationToken), due => UpkeepNotice.ToRotate([.. due]), device => device);

    public Task<int> AskToTopUpAsync(DateTime now, CancellationToken cancellationToken) => AskAsync(
        after => KeyQueries.FindLowAsync(db, now, after, Page, cancellationToken), low => UpkeepNotice.ToTopUp([.. low]), pool => pool.DeviceId);

    private async Task<int> AskAsync<T>(Func<Guid, Task<List<T>>> find, Func<List<T>, UpkeepNotice> ask, Func<T, Guid> idOf)
    {
        var asked = 0;
        for (var after = Guid.Empty; await find(after) is { Count: > 0 } page; after = idOf(page[^1]))
        {
            await hubs.TellAsync(ask(page));
            asked += page.Count;
        }

        return asked;
    }
}
