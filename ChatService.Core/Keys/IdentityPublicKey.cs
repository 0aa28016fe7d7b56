using System.Buffers.Binary;
using ChatService.Contracts;
using ChatService.Core.Errors;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace ChatService.Core.Keys;

/// <summary>A device's identity: X25519, then Ed25519 (protocol section 1). It signs the device's prekeys.</summary>
public sealed class IdentityPublicKey
{
    private const byte CurveType = 0x05;
    private const byte SigningType = 0x06;
    private const byte KemType = 0x11;

    private readonly byte[] _bytes;

    private IdentityPublicKey(byte[] bytes) => _bytes = bytes;

    private ReadOnlySpan<byte> AgreementKey => _bytes.AsSpan(0, Limits.CurveKeyLength);

    private ReadOnlySpan<byte> SigningKey => _bytes.AsSpan(Limits.CurveKeyLength);

    public static IdentityPublicKey Decode(string? text)
    {
        var identity = new IdentityPublicKey(KeyText.Decode(text, Limits.IdentityKeyLength, "The identity key"));
        // Full validation: canonical, on the curve, and in the subgroup of prime order.
        return CurvePublicKey.IsUsable(identity.AgreementKey) && Ed25519.ValidatePublicKeyFull(identity.SigningKey)
            ? identity
            : throw ChatException.Invalid("The identity key is not a usable X25519 key followed by a usable Ed25519 key.");
    }

    /// <summary>Of a key that was checked when it was stored.</summary>
    public static IdentityPublicKey FromStored(byte[] bytes) => new(bytes);

    public byte[] ToBytes() => [.. _bytes];

    public bool SignedPreKey(uint id, ReadOnlySpan<byte> publicKey, byte[] signature) =>
        Signed("ChatService_SPK_v1\0"u8, id, CurveType, publicKey, signature);

    public bool SignedKemPreKey(uint id, ReadOnlySpan<byte> publicKey, byte[] signature) =>
        Signed("ChatService_KEM_v1\0"u8, id, KemType, publicKey, signature);

    private bool Signed(ReadOnlySpan<byte> label, uint id, byte type, ReadOnlySpan<byte> publicKey, byte[] signature)
    {
        Span<byte> idBytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(idBytes, id);
        byte[] input = [.. label, CurveType, .. AgreementKey, SigningType, .. SigningKey, .. idBytes, type, .. publicKey];
        return Ed25519.Verify(signature, SigningKey, input);
    }
}
