using ChatService.Client.Encryption.Keys;

namespace ChatService.Client.Encryption.Trust;

/// <summary>A device as a server lists it.</summary>
public readonly record struct ListedDevice(Guid DeviceId, DeviceIdentity Identity);
