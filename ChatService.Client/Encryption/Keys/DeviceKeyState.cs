using System.Security.Cryptography;

namespace ChatService.Client.Encryption.Keys;

/// <summary>The row that holds a device's identity, its current prekeys' ids, and the next ids to give.</summary>
internal sealed record DeviceKeyState(
    IdentityKeyPair Identity, uint SignedPreKeyId, uint KemPreKeyId, uint NextSignedPreKeyId, uint NextKemPreKeyId, uint NextOneTimePreKeyId)
{
    private const byte Format = 1;

    public StateWriter Write()
    {
        var writer = new StateWriter(Format);
        writer.Bytes(Identity.AgreementKey);
        writer.Bytes(Identity.SigningSeed);
        writer.Bytes(Identity.Identity.Encoded.Span);
        writer.UInt32(SignedPreKeyId);
        writer.UInt32(KemPreKeyId);
        writer.UInt32(NextSignedPreKeyId);
        writer.UInt32(NextKemPreKeyId);
        writer.UInt32(NextOneTimePreKeyId);
        return writer;
    }

    public static DeviceKeyState Read(byte[] state)
    {
        var reader = new StateReader(state, Format);
        var identity = new IdentityKeyPair(reader.Bytes(32), reader.Bytes(32), DeviceIdentity.FromEncoded(reader.Bytes(DeviceIdentity.EncodedSize)));
        var read = new DeviceKeyState(identity, reader.UInt32(), reader.UInt32(), reader.UInt32(), reader.UInt32(), reader.UInt32());
        reader.End();
        CryptographicOperations.ZeroMemory(state);
        return read;
    }

    /// <summary>Records print their members; this one must not.</summary>
    public override string ToString() => nameof(DeviceKeyState);
}
