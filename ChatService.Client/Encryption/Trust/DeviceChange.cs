using ChatService.Client.Encryption.Keys;

namespace ChatService.Client.Encryption.Trust;

/// <summary>What a newer device list of a user differs in. To be shown in the conversation.</summary>
/// <param name="Identity">The identity that the list has now (for a removed device, the one that was pinned).</param>
public sealed record DeviceChange(DeviceChangeKind Kind, Guid UserId, Guid DeviceId, DeviceIdentity Identity);
