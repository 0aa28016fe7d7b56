namespace ChatService.Client.Messages;

/// <summary>Where an attachment is and how to open it (protocol section 7). The server holds ciphertext only; all of this is sealed.</summary>
/// <param name="Key">AES-256 key, base64 of 32 bytes; used for this file alone.</param>
/// <param name="Sha256">Of the ciphertext, base64 of 32 bytes.</param>
/// <param name="Size">Bytes of the plaintext.</param>
/// <param name="Name">The file's name as its sender has it: treat as text, never as a path.</param>
public sealed record AttachmentInfo(Guid Id, string Key, string Sha256, long Size, string Name, string MediaType);
