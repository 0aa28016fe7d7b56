using System.Buffers;
using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Hub.Accounts;

namespace ChatService.Hub.Attachments;

internal static class GetChunk
{
    /// <summary>The database connection is given back before a slow reader gets the first byte.</summary>
    public static async Task HandleAsync(
        Guid attachmentId, int index, CurrentUser caller, HttpResponse response, ChunkStore chunks, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Limits.AttachmentChunk);
        try
        {
            var length = await chunks.GetAsync(attachmentId, caller.Id, index, buffer.AsMemory(0, Limits.AttachmentChunk), cancellationToken)
                ?? throw ChatException.NotFound("attachment");
            response.ContentType = "application/octet-stream";
            response.ContentLength = length;
            response.Headers.CacheControl = "private, no-store";
            await response.Body.WriteAsync(buffer.AsMemory(0, length), cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
