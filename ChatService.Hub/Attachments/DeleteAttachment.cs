using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Attachments;

internal static class DeleteAttachment
{
    /// <summary>For its uploader, also after they left the conversation: it is theirs to take back.</summary>
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        Guid attachmentId, CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken) =>
        await db.Attachments.Where(attachment => attachment.Id == attachmentId && attachment.UploaderId == caller.Id).ExecuteDeleteAsync(cancellationToken) == 1
            ? TypedResults.NoContent()
            : throw ChatException.NotFound("attachment");
}
