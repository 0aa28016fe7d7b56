using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Attachments;

internal static class ReadAttachment
{
    public static async Task<Results<Ok<AttachmentStatus>, ErrorResult>> HandleAsync(
        Guid attachmentId, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        TypedResults.Ok(await FindAsync(db, attachmentId, caller.Id, time.GetUtcNow().UtcDateTime, cancellationToken));

    /// <summary>For its uploader, and for every member who can see the message that names it, as long as it lasts.</summary>
    public static async Task<AttachmentStatus> FindAsync(
        ChatDbContext db, Guid attachmentId, Guid userId, DateTime now, CancellationToken cancellationToken)
    {
        var found = await (
            from attachment in db.Attachments
            from member in db.Participants
            where attachment.Id == attachmentId && member.ConversationId == attachment.ConversationId && member.ChatUserId == userId
                && (attachment.UploaderId == userId || db.Messages.Any(message =>
                    message.ConversationId == attachment.ConversationId && message.Id == attachment.MessageId && message.Sequence > member.VisibleAfter
                    && (message.ExpiresAt == null || message.ExpiresAt > now)))
            select new
            {
                attachment.ConversationId,
                attachment.Size,
                Present = db.AttachmentChunks.Where(chunk => chunk.AttachmentId == attachmentId).Select(chunk => chunk.Index).ToList(),
            })
            .AsNoTracking()
            .FirstOrDefaultAsync(cancellationToken) ?? throw ChatException.NotFound("attachment");
        return new(attachmentId, found.ConversationId, found.Size, [.. Enumerable.Range(0, UploadChunks.CountOf(found.Size)).Except(found.Present)]);
    }
}
