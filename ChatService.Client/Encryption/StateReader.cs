using System.Buffers.Binary;

namespace ChatService.Client.Encryption;

/// <summary>Reads what <see cref="StateWriter"/> wrote, and refuses anything else.</summary>
internal ref struct StateReader
{
    private ReadOnlySpan<byte> _rest;

    public StateReader(ReadOnlySpan<byte> state, byte format)
    {
        _rest = state;
        if (Byte() != format)
            throw Corrupt();
    }

    public byte Byte() => Take(1)[0];

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public Guid Guid() => new(Take(16), bigEndian: true);

    public DateTimeOffset Time()
    {
        var milliseconds = BinaryPrimitives.ReadInt64BigEndian(Take(8));
        if (milliseconds < 0 || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())
            throw Corrupt();
        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    public byte[] Bytes(int length) => Take(length).ToArray();

    public bool Flag() => Byte() switch { 0 => false, 1 => true, _ => throw Corrupt() };

    public byte[]? OptionalBytes(int length) => Flag() ? Bytes(length) : null;

    public int Count(int limit)
    {
        var count = UInt32();
        return count <= limit ? (int)count : throw Corrupt();
    }

    public readonly void End()
    {
        if (!_rest.IsEmpty)
            throw Corrupt();
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (_rest.Length < length)
            throw Corrupt();
        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }

    private static EncryptionException Corrupt() =>
        new(EncryptionError.CorruptState, "The stored encryption state cannot be read; it was written by another version or damaged.");
}
