namespace ChatService.Client.Encryption.Envelopes;

/// <summary>A device to seal for, and the user it belongs to.</summary>
public readonly record struct RecipientDevice(Guid UserId, Guid DeviceId);
