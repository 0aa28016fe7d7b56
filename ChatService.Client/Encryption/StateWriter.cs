using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ChatService.Client.Encryption;

/// <summary>Writes stored state: a format byte, then fields one after the other. <see cref="Dispose"/> clears what was written.</summary>
internal sealed class StateWriter : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer;

    public StateWriter(byte format, int capacity = 256)
    {
        _buffer = new ArrayBufferWriter<byte>(capacity);
        Byte(format);
    }

    public ReadOnlyMemory<byte> Written => _buffer.WrittenMemory;

    public void Byte(byte value)
    {
        _buffer.GetSpan(1)[0] = value;
        _buffer.Advance(1);
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }

    public void Guid(Guid value)
    {
        value.TryWriteBytes(_buffer.GetSpan(16), bigEndian: true, out _);
        _buffer.Advance(16);
    }

    public void Time(DateTimeOffset value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(8), value.ToUnixTimeMilliseconds());
        _buffer.Advance(8);
    }

    /// <summary>A field whose size the reader knows.</summary>
    public void Bytes(ReadOnlySpan<byte> value) => _buffer.Write(value);

    public void OptionalBytes(byte[]? value)
    {
        Byte(value is null ? (byte)0 : (byte)1);
        if (value is not null)
            Bytes(value);
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(
        System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory).Span);
}
