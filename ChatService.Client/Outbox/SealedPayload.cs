namespace ChatService.Client.Outbox;

/// <summary>An envelope as the hub takes it, base64. Kept until it is acknowledged, so that a retry is the very same.</summary>
internal sealed record SealedPayload(string EncryptedContent, string Nonce, string AuthTag);
