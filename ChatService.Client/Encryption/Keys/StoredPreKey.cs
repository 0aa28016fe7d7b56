using System.Security.Cryptography;

namespace ChatService.Client.Encryption.Keys;

/// <summary>A signed or KEM prekey with its private half, and since when a newer one has replaced it.</summary>
internal sealed class StoredPreKey(byte[] privateKey, SignedPublicPreKey publicKey, DateTimeOffset? supersededAt = null)
{
    private const byte Format = 1;

    /// <summary>The X25519 key (32 bytes) or the ML-KEM seed (64 bytes).</summary>
    public byte[] Private { get; } = privateKey;

    public SignedPublicPreKey Public { get; } = publicKey;

    public DateTimeOffset? SupersededAt { get; } = supersededAt;

    public StoredPreKey SupersededNow(DateTimeOffset now) => new(Private, Public, now);

    public StateWriter Write()
    {
        var writer = new StateWriter(Format, 2048);
        writer.UInt32(Public.Id);
        writer.Time(Public.CreatedAt);
        writer.Byte(SupersededAt is null ? (byte)0 : (byte)1);
        if (SupersededAt is { } supersededAt)
            writer.Time(supersededAt);
        writer.Bytes(Private);
        writer.Bytes(Public.Signature);
        writer.Bytes(Public.PublicKey);
        return writer;
    }

    public static StoredPreKey Read(byte[] state, int privateSize, int publicSize)
    {
        var reader = new StateReader(state, Format);
        var id = reader.UInt32();
        var createdAt = reader.Time();
        DateTimeOffset? supersededAt = reader.Flag() ? reader.Time() : null;
        var privateKey = reader.Bytes(privateSize);
        var signature = reader.Bytes(64);
        var publicKey = reader.Bytes(publicSize);
        reader.End();
        CryptographicOperations.ZeroMemory(state);
        return new(privateKey, new(id, publicKey, signature, createdAt), supersededAt);
    }

    public void Zero() => CryptographicOperations.ZeroMemory(Private);
}
