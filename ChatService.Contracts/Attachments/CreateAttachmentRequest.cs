namespace ChatService.Contracts;

/// <summary>Begins an upload of ciphertext (protocol section 7). Repeating it with the same values is harmless.</summary>
/// <param name="Id">A UUIDv7 made by the caller.</param>
/// <param name="MessageId">The id of the message that will name it, made in advance. Without that message in the conversation, the upload is removed after <see cref="Limits.AttachmentUploadHours"/>.</param>
/// <param name="Size">Bytes of the whole ciphertext, 1 to <see cref="Limits.AttachmentCiphertext"/>.</param>
public sealed record CreateAttachmentRequest(Guid Id, Guid MessageId, long Size);
