namespace ChatService.Hub.Keys;

internal sealed record TakenOneTimePreKey(Guid DeviceId, long KeyId, byte[] PublicKey);
