namespace ChatService.Client.Encryption.Envelopes;

/// <summary>A sealed message as the hub takes it (protocol §5).</summary>
/// <param name="EncryptedContent">Header, wraps and ciphertext.</param>
/// <param name="Nonce">12 bytes.</param>
/// <param name="AuthTag">16 bytes.</param>
public sealed record SealedEnvelope(byte[] EncryptedContent, byte[] Nonce, byte[] AuthTag);
