namespace ChatService.Contracts;

/// <summary>What the server has of an attachment.</summary>
/// <param name="Size">Bytes of the whole ciphertext. See <see cref="UploadChunks"/>.</param>
/// <param name="MissingChunks">Indexes from 0, ascending; empty when the upload is complete.</param>
public sealed record AttachmentStatus(Guid Id, Guid ConversationId, long Size, IReadOnlyList<int> MissingChunks);
