namespace ChatService.Client.Encryption.Sessions;

internal readonly struct SkippedKey(byte[] ratchetKey, uint number, byte[] messageKey)
{
    public const int Size = 32 + 4 + 32;

    public byte[] RatchetKey { get; } = ratchetKey;
    public uint Number { get; } = number;
    public byte[] MessageKey { get; } = messageKey;
}
