using System.Security.Cryptography;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Encryption.Keys;

/// <summary>The private half of a <see cref="DeviceIdentity"/>. It never leaves the device.</summary>
internal sealed class IdentityKeyPair(byte[] agreementKey, byte[] signingSeed, DeviceIdentity identity)
{
    public byte[] AgreementKey { get; } = agreementKey;
    public byte[] SigningSeed { get; } = signingSeed;
    public DeviceIdentity Identity { get; } = identity;

    public static IdentityKeyPair Generate(IRandomSource random)
    {
        byte[] agreementKey = new byte[Curve25519.KeySize], signingSeed = new byte[Ed25519Signature.KeySize];
        random.Fill(agreementKey);
        random.Fill(signingSeed);
        Span<byte> publicKey = stackalloc byte[DeviceIdentity.PublicKeySize];
        Curve25519.PublicKey(agreementKey, publicKey[..32]);
        Ed25519Signature.PublicKey(signingSeed, publicKey[32..]);
        return new(agreementKey, signingSeed, DeviceIdentity.FromPublicKey(publicKey));
    }

    public void Zero()
    {
        CryptographicOperations.ZeroMemory(AgreementKey);
        CryptographicOperations.ZeroMemory(SigningSeed);
    }
}
