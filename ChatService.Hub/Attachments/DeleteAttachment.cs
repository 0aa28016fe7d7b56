using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Attachments;

internal static class DeleteAttachment
{
    /// <summary>
    /// For its uploader, also after they left the conversation: it is theirs to take back. The bytes go now; that there was an upload
    /// counts for a day, or uploading and deleting in turns would know no quota.
    /// </summary>
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        Guid attachmentId, CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken)
    {
        var mine = db.Attachments.Where(attachment => attachment.Id == attachmentId && attachment.UploaderId == caller.Id);
        await db.AttachmentChunks.Where(chunk => mine.Any(attachment => attachment.Id == chunk.AttachmentId)).ExecuteDeleteAsync(cancellationToken);
        return await mine.AnyAsync(cancellationToken) ? TypedResults.NoContent() : throw ChatException.NotFound("attachment");
    }
}
