namespace ChatService.Contracts;

/// <param name="IdentityPublicKey">Base64 of 64 bytes: X25519 key, then Ed25519 key (protocol section 1).</param>
/// <param name="IsAssistant">Sealed to only by a message that is addressed to the assistant.</param>
public sealed record DeliveryDevice(Guid DeviceId, Guid UserId, string IdentityPublicKey, bool IsAssistant);
