using System.Security.Cryptography;

namespace ChatService.Client.Encryption.Primitives;

/// <summary>An X25519 pair, 32 bytes each.</summary>
internal readonly struct X25519KeyPair(byte[] privateKey, byte[] publicKey)
{
    public byte[] Private { get; } = privateKey;
    public byte[] Public { get; } = publicKey;

    public static X25519KeyPair Generate(IRandomSource random)
    {
        var privateKey = new byte[Curve25519.KeySize];
        random.Fill(privateKey);
        return FromPrivate(privateKey);
    }

    public static X25519KeyPair FromPrivate(byte[] privateKey)
    {
        var publicKey = new byte[Curve25519.KeySize];
        Curve25519.PublicKey(privateKey, publicKey);
        return new(privateKey, publicKey);
    }

    public void Zero() => CryptographicOperations.ZeroMemory(Private);
}
