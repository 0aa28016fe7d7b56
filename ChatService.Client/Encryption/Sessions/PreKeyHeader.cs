using System.Buffers.Binary;
using System.Security.Cryptography;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Encryption.Sessions;

/// <summary>
/// What lets the other side derive the same session key (protocol §3):
/// <c>Enc(ID_A) ‖ EK.pub ‖ u32(SPK id) ‖ u32(OPK id) ‖ u32(KEM id) ‖ ct</c>, 1,198 bytes.
/// </summary>
internal readonly struct PreKeyHeader
{
    public const int Size = DeviceIdentity.EncodedSize + Curve25519.KeySize + 12 + MlKem768.CiphertextSize;

    private const int EphemeralOffset = DeviceIdentity.EncodedSize;
    private const int IdsOffset = EphemeralOffset + Curve25519.KeySize;
    private const int CiphertextOffset = IdsOffset + 12;

    private readonly ReadOnlyMemory<byte> _bytes;

    private PreKeyHeader(ReadOnlyMemory<byte> bytes, DeviceIdentity initiator)
    {
        _bytes = bytes;
        Initiator = initiator;
    }

    public DeviceIdentity Initiator { get; }

    public ReadOnlySpan<byte> EphemeralKey => _bytes.Span[EphemeralOffset..IdsOffset];

    public uint SignedPreKeyId => BinaryPrimitives.ReadUInt32BigEndian(_bytes.Span[IdsOffset..]);

    public uint OneTimePreKeyId => BinaryPrimitives.ReadUInt32BigEndian(_bytes.Span[(IdsOffset + 4)..]);

    public uint KemPreKeyId => BinaryPrimitives.ReadUInt32BigEndian(_bytes.Span[(IdsOffset + 8)..]);

    public ReadOnlySpan<byte> Ciphertext => _bytes.Span[CiphertextOffset..];

    /// <summary>SHA-256 of <c>Enc(ID_A) ‖ EK.pub</c>, which is what makes a session this one and no other.</summary>
    public byte[] SessionId => SHA256.HashData(_bytes.Span[..IdsOffset]);

    /// <exception cref="EncryptionException"><see cref="EncryptionError.Malformed"/></exception>
    public static PreKeyHeader Parse(ReadOnlyMemory<byte> bytes) =>
        bytes.Length == Size
            ? new(bytes, DeviceIdentity.FromEncoded(bytes.Span[..DeviceIdentity.EncodedSize]))
            : throw EncryptionException.Malformed("prekey header");

    /// <summary>Writes everything but the KEM ciphertext, whose place is returned.</summary>
    public static Span<byte> Write(Span<byte> header, DeviceIdentity initiator, ReadOnlySpan<byte> ephemeralKey, PreKeyBundle bundle)
    {
        initiator.Encoded.Span.CopyTo(header);
        ephemeralKey.CopyTo(header[EphemeralOffset..]);
        BinaryPrimitives.WriteUInt32BigEndian(header[IdsOffset..], bundle.SignedPreKeyId);
        BinaryPrimitives.WriteUInt32BigEndian(header[(IdsOffset + 4)..], bundle.OneTimePreKeyId ?? PreKeyId.None);
        BinaryPrimitives.WriteUInt32BigEndian(header[(IdsOffset + 8)..], bundle.KemPreKeyId);
        return header.Slice(CiphertextOffset, MlKem768.CiphertextSize);
    }
}
