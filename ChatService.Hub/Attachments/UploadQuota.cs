using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Attachments;

/// <summary>What a user may upload in a day, and keep in all. Counted by what uploads declare, so before a byte of them has come.</summary>
internal static class UploadQuota
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    /// <summary>With the new upload already in place; refusing takes it back.</summary>
    public static async Task CheckAsync(ChatDbContext db, Guid userId, DateTime now, CancellationToken cancellationToken)
    {
        var mine = db.Attachments.Where(attachment => attachment.UploaderId == userId);
        if (await mine.SumAsync(attachment => attachment.Size, cancellationToken) > Limits.AttachmentBytesPerUser)
        {
            throw new ChatException(
                ErrorCodes.LimitReached, $"You have {Limits.AttachmentBytesPerUser >> 30} GiB of files on the server: delete messages with files that are not needed any more.");
        }

        var today = mine.Where(attachment => attachment.CreatedAt > now - s_day);
        if (await today.SumAsync(attachment => attachment.Size, cancellationToken) > Limits.AttachmentBytesPerDay)
        {
            var oldest = await today.MinAsync(attachment => attachment.CreatedAt, cancellationToken);
            throw new ChatException(new ChatError(
                ErrorCodes.RateLimited, $"You have uploaded {Limits.AttachmentBytesPerDay >> 20} MiB in 24 hours: try again later.")
            {
                RetryAfterMs = (int)Math.Max(1000, Math.Ceiling((oldest + s_day - now).TotalMilliseconds)),
            });
        }
    }
}
