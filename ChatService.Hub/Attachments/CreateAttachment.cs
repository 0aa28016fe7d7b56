using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Hub.Accounts;
using ChatService.Hub.Devices;
using ChatService.Hub.Errors;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Attachments;

internal static class CreateAttachment
{
    /// <summary>One upload of a user begins at a time, so that two at once cannot both be the last that the quota allows.</summary>
    public static async Task<Results<Ok<AttachmentStatus>, ErrorResult>> HandleAsync(
        Guid conversationId, CreateAttachmentRequest request, CurrentUser caller, ChatDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Size > Limits.AttachmentCiphertext)
        {
            throw new ChatException(ErrorCodes.TooLarge, $"A file has at most {Limits.AttachmentSize / 1024 / 1024} MiB.");
        }

        if (request.Size < 1 || request.Id == Guid.Empty || request.MessageId == Guid.Empty)
        {
            throw ChatException.Invalid("An attachment has an id, a message's id and a size of at least one byte.");
        }

        var now = time.GetUtcNow().UtcDateTime;
        await db.InTransactionAsync(
            async token =>
            {
                await OwnDevice.LockUserAsync(db, caller.Id, token);
                var isNew = await db.Database.ExecuteSqlAsync(
                    $"""
                    INSERT INTO attachments (id, conversation_id, uploader_id, message_id, size, created_at)
                    SELECT {request.Id}, p.conversation_id, p.chat_user_id, {request.MessageId}, {request.Size}, {now}
                    FROM conversation_participants p WHERE p.conversation_id = {conversationId} AND p.chat_user_id = {caller.Id}
                    ON CONFLICT (id) DO NOTHING
                    """,
                    token) == 1;
                if (isNew)
                {
                    await UploadQuota.CheckAsync(db, caller.Id, now, token);
                }
                else
                {
                    await CheckRepetitionAsync(db, conversationId, request, caller.Id, token);
                }
            },
            cancellationToken);
        return TypedResults.Ok(await ReadAttachment.FindAsync(db, request.Id, caller.Id, now, cancellationToken));
    }

    private static async Task CheckRepetitionAsync(
        ChatDbContext db, Guid conversationId, CreateAttachmentRequest request, Guid callerId, CancellationToken cancellationToken)
    {
        if (!await db.Participants.AnyAsync(mine => mine.ConversationId == conversationId && mine.ChatUserId == callerId, cancellationToken))
        {
            throw ChatException.NotFound("conversation");
        }

        if (!await db.Attachments.AnyAsync(
            known => known.Id == request.Id && known.ConversationId == conversationId && known.UploaderId == callerId
                && known.MessageId == request.MessageId && known.Size == request.Size,
            cancellationToken))
        {
            throw new ChatException(ErrorCodes.Conflict, "This attachment id is taken: make a new one.");
        }
    }
}
