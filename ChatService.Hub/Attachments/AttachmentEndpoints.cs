using ChatService.Contracts;
using ChatService.Hub.Accounts;
using ChatService.Hub.RateLimiting;

namespace ChatService.Hub.Attachments;

/// <summary>Ciphertext of files, a chunk per call, so that neither a hub nor a lost connection ever has to do with more.</summary>
public static class AttachmentEndpoints
{
    public static void MapAttachments(this IEndpointRouteBuilder routes)
    {
        var all = routes.MapGroup("").RequireAuthorization().WithTags("Attachments");
        var whole = all.MapGroup("").LimitedBy(RateLimits.Attachments);
        whole.MapPost($"{Routes.Conversations}/{{conversationId:guid}}/attachments", CreateAttachment.HandleAsync);
        whole.MapGet($"{Routes.Attachments}/{{attachmentId:guid}}", ReadAttachment.HandleAsync);
        whole.MapDelete($"{Routes.Attachments}/{{attachmentId:guid}}", DeleteAttachment.HandleAsync);

        var chunk = all.MapGroup($"{Routes.Attachments}/{{attachmentId:guid}}/chunks/{{index:int}}").LimitedBy(RateLimits.AttachmentChunks);
        chunk.MapPut("", PutChunk.HandleAsync).RequestsUpTo(Limits.AttachmentChunk).Accepts<Stream>("application/octet-stream");
        chunk.MapGet("", GetChunk.HandleAsync).Produces<Stream>(contentType: "application/octet-stream");
    }
}
