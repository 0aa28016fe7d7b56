using ChatService.Core.Conversations;
using ChatService.Core.Keys;

namespace ChatService.Worker.Upkeep;

/// <summary>All of the jobs, in one table.</summary>
internal static class UpkeepJobs
{
    public const int BatchSize = 500;

    public static IReadOnlyList<UpkeepJob> All { get; } =
    [
        new("used-one-time-prekeys", TimeSpan.FromMinutes(10), (db, now, token) => KeyUpkeep.DeleteUsedAsync(db, now, BatchSize, token)),
        new("superseded-prekeys", TimeSpan.FromHours(1), (db, now, token) => KeyUpkeep.DeleteSupersededAsync(db, now, BatchSize, token)),
        new("full-allowances", TimeSpan.FromHours(1), (db, now, token) => KeyUpkeep.DeleteFullAllowancesAsync(db, now, BatchSize, token)),
        new("access-revocations", TimeSpan.FromHours(1), (db, now, token) => KeyUpkeep.DeleteRevocationsAsync(db, now, BatchSize, token)),
        new("abandoned-conversations", TimeSpan.FromHours(6), (db, _, token) => ConversationUpkeep.DeleteAbandonedAsync(db, BatchSize, token)),
    ];
}
