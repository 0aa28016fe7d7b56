namespace ChatService.Client.Encryption.Attachments;

/// <summary>What opens an attachment (protocol §7). It travels inside a message's sealed content, with the file's name and media type.</summary>
/// <param name="Key">AES-256, 32 bytes, for this file only.</param>
/// <param name="Sha256">Of the whole ciphertext, 32 bytes.</param>
/// <param name="Size">Of the file in bytes, before encryption.</param>
public sealed record AttachmentSecret(byte[] Key, byte[] Sha256, long Size)
{
    /// <summary>Records print their members; a key is not for logs.</summary>
    public override string ToString() => $"{nameof(AttachmentSecret)} ({Size} bytes)";
}
