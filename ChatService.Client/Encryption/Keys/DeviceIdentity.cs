using System.Security.Cryptography;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Encryption.Keys;

/// <summary>
/// A device's public identity (protocol §1): an X25519 key to agree with and an Ed25519 key to verify its prekeys.
/// <see cref="Encoded"/> is <c>Enc(ID) = 05 ‖ IK.pub ‖ 06 ‖ SK_id.pub</c>, 66 bytes.
/// </summary>
public sealed class DeviceIdentity : IEquatable<DeviceIdentity>
{
    public const int EncodedSize = 66;

    /// <summary>As a server holds it: <c>IK.pub ‖ SK_id.pub</c>.</summary>
    public const int PublicKeySize = 64;

    internal const byte AgreementType = 0x05;
    internal const byte SigningType = 0x06;

    private readonly byte[] _encoded;

    private DeviceIdentity(byte[] encoded) => _encoded = encoded;

    public ReadOnlyMemory<byte> Encoded => _encoded;

    internal ReadOnlySpan<byte> AgreementKey => _encoded.AsSpan(1, Curve25519.KeySize);

    internal ReadOnlySpan<byte> SigningKey => _encoded.AsSpan(2 + Curve25519.KeySize, Ed25519Signature.KeySize);

    /// <exception cref="EncryptionException"><see cref="EncryptionError.Malformed"/>: not 64 bytes.</exception>
    public static DeviceIdentity FromPublicKey(ReadOnlySpan<byte> identityPublicKey)
    {
        if (identityPublicKey.Length != PublicKeySize)
            throw EncryptionException.Malformed("identity key");
        var encoded = new byte[EncodedSize];
        encoded[0] = AgreementType;
        identityPublicKey[..32].CopyTo(encoded.AsSpan(1));
        encoded[33] = SigningType;
        identityPublicKey[32..].CopyTo(encoded.AsSpan(34));
        return new(encoded);
    }

    /// <exception cref="EncryptionException"><see cref="EncryptionError.Malformed"/>: not 66 bytes with both key types in place.</exception>
    public static DeviceIdentity FromEncoded(ReadOnlySpan<byte> encoded)
    {
        if (encoded.Length != EncodedSize || encoded[0] != AgreementType || encoded[33] != SigningType)
            throw EncryptionException.Malformed("identity key");
        return new(encoded.ToArray());
    }

    public byte[] ToPublicKey() => [.. AgreementKey, .. SigningKey];

    public bool Equals(DeviceIdentity? other) => other is not null && CryptographicOperations.FixedTimeEquals(_encoded, other._encoded);

    public override bool Equals(object? obj) => Equals(obj as DeviceIdentity);

    public override int GetHashCode() => BitConverter.ToInt32(_encoded, 1);
}
