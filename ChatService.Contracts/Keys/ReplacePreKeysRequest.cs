namespace ChatService.Contracts;

/// <summary>Rotates the signed and the KEM prekey together (protocol section 1). Ids are never used twice.</summary>
public sealed record ReplacePreKeysRequest(SignedPreKeyUpload SignedPreKey, SignedPreKeyUpload KemPreKey);
