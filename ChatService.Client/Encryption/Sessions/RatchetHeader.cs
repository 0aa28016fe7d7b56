using System.Buffers.Binary;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Encryption.Sessions;

/// <summary><c>01 ‖ ratchet.pub ‖ u32(PN) ‖ u32(N)</c>, 41 bytes (protocol §4).</summary>
internal readonly ref struct RatchetHeader
{
    public const int Size = 1 + Curve25519.KeySize + 8;

    private const byte Version = 1;

    private RatchetHeader(ReadOnlySpan<byte> bytes) => Bytes = bytes;

    public ReadOnlySpan<byte> Bytes { get; }

    public ReadOnlySpan<byte> RatchetKey => Bytes.Slice(1, Curve25519.KeySize);

    /// <summary>PN: how many messages the sender's previous chain had.</summary>
    public uint PreviousCount => BinaryPrimitives.ReadUInt32BigEndian(Bytes[33..]);

    /// <summary>N: the message's number in its chain.</summary>
    public uint Number => BinaryPrimitives.ReadUInt32BigEndian(Bytes[37..]);

    public static RatchetHeader Parse(ReadOnlySpan<byte> message)
    {
        if (message.Length < Size)
            throw EncryptionException.Malformed("ratchet header");
        if (message[0] != Version)
            throw new EncryptionException(EncryptionError.UnsupportedVersion, "The message was made by a later version of the protocol: update to read it.");
        return new(message[..Size]);
    }

    public static void Write(Span<byte> header, ReadOnlySpan<byte> ratchetKey, uint previousCount, uint number)
    {
        header[0] = Version;
        ratchetKey.CopyTo(header[1..]);
        BinaryPrimitives.WriteUInt32BigEndian(header[33..], previousCount);
        BinaryPrimitives.WriteUInt32BigEndian(header[37..], number);
    }
}
