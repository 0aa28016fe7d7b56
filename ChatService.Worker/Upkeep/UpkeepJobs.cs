using ChatService.Core.Accounts;
using ChatService.Core.Attachments;
using ChatService.Core.Conversations;
using ChatService.Core.Keys;
using ChatService.Core.Messages;
using ChatService.Core.Storage;
using ChatService.Worker.Keys;

namespace ChatService.Worker.Upkeep;

/// <summary>All of the jobs, in one table.</summary>
internal static class UpkeepJobs
{
    private const int BatchSize = 500;

    /// <summary>An attachment is up to a hundred rows of 256 KiB.</summary>
    private const int AttachmentBatchSize = 10;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    public static IReadOnlyList<UpkeepJob> All { get; } =
    [
        UpkeepJob.Of<KeyRequests>("signed-prekey-requests", s_hour, (keys, now, token) => keys.AskToRotateAsync(now, token)),
        UpkeepJob.Of<KeyRequests>("one-time-prekey-requests", s_hour, (keys, now, token) => keys.AskToTopUpAsync(now, token)),
        UpkeepJob.Of<DeviceRetirements>("unseen-devices", 6 * s_hour, (devices, now, token) => devices.RetireAsync(now, token)),
        UpkeepJob.Of<ServerKeyRotation>("server-keys", 6 * s_hour, (keys, _, token) => keys.RotateAsync(token)),
        UpkeepJob.Of<KeyFigures>("key-figures", 5 * s_minute, (figures, now, token) => figures.CountAsync(now, token)),
        UpkeepJob.Deleting<ChatDbContext>("used-one-time-prekeys", 10 * s_minute, BatchSize, KeyUpkeep.DeleteUsedAsync),
        UpkeepJob.Deleting<ChatDbContext>("superseded-prekeys", s_hour, BatchSize, KeyUpkeep.DeleteSupersededAsync),
        UpkeepJob.Deleting<ChatDbContext>("spent-limits", s_hour, BatchSize, KeyUpkeep.DeleteFullAllowancesAsync),
        UpkeepJob.Deleting<ChatDbContext>("access-revocations", s_hour, BatchSize, KeyUpkeep.DeleteRevocationsAsync),
        UpkeepJob.Deleting<ChatDbContext>("expired-messages", s_minute, BatchSize, MessageUpkeep.DeleteExpiredAsync),
        UpkeepJob.Deleting<ChatDbContext>("abandoned-attachments", s_hour, AttachmentBatchSize, AttachmentUpkeep.DeleteAbandonedAsync),
        UpkeepJob.Deleting<ChatDbContext>(
            "abandoned-conversations", 6 * s_hour, BatchSize, (db, _, size, token) => ConversationUpkeep.DeleteAbandonedAsync(db, size, token)),
        UpkeepJob.Deleting<AccountsDbContext>("expired-tokens", s_hour, BatchSize, TokenUpkeep.DeleteTokensAsync),
        UpkeepJob.Deleting<AccountsDbContext>("expired-authorizations", s_hour, BatchSize, TokenUpkeep.DeleteAuthorizationsAsync),
    ];

    public static UpkeepJob? Find(string name) => All.FirstOrDefault(job => job.Name == name);
}
