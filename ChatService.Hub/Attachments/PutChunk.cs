using System.Buffers;
using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatService.Hub.Attachments;

internal static class PutChunk
{
    /// <summary>One chunk in memory, in a buffer that is used again: it holds a byte more than fits, so that too much is seen as too much.</summary>
    public static async Task<Results<NoContent, ErrorResult>> HandleAsync(
        Guid attachmentId, int index, CurrentUser caller, HttpRequest request, ChunkStore chunks, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Limits.AttachmentChunk + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(
                buffer.AsMemory(0, Limits.AttachmentChunk + 1), Limits.AttachmentChunk + 1, throwOnEndOfStream: false, cancellationToken);
            return await chunks.PutAsync(attachmentId, caller.Id, index, buffer.AsMemory(0, length), cancellationToken) switch
            {
                ChunkOutcome.Stored => TypedResults.NoContent(),
                ChunkOutcome.NotFound => throw ChatException.NotFound("attachment"),
                ChunkOutcome.Different => throw new ChatException(ErrorCodes.Conflict, "Other bytes are at this place already: begin a new upload."),
                _ => throw ChatException.Invalid(
                    $"The upload has no chunk of this index and length: each has {Limits.AttachmentChunk} bytes, and the last one what is left."),
            };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
