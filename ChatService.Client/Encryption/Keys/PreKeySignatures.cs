using System.Buffers.Binary;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Encryption.Keys;

/// <summary>What a device signs with its identity (protocol §1): label, <c>Enc(ID)</c>, id, key type and key.</summary>
internal static class PreKeySignatures
{
    private const byte KemType = 0x11;

    public static byte[] SignedPreKeyInput(DeviceIdentity identity, uint id, ReadOnlySpan<byte> publicKey) =>
        Input("ChatService_SPK_v1\0"u8, identity, id, DeviceIdentity.AgreementType, publicKey);

    public static byte[] KemPreKeyInput(DeviceIdentity identity, uint id, ReadOnlySpan<byte> publicKey) =>
        Input("ChatService_KEM_v1\0"u8, identity, id, KemType, publicKey);

    private static byte[] Input(ReadOnlySpan<byte> label, DeviceIdentity identity, uint id, byte type, ReadOnlySpan<byte> publicKey)
    {
        var input = new byte[label.Length + DeviceIdentity.EncodedSize + 4 + 1 + publicKey.Length];
        label.CopyTo(input);
        var rest = input.AsSpan(label.Length);
        identity.Encoded.Span.CopyTo(rest);
        rest = rest[DeviceIdentity.EncodedSize..];
        BinaryPrimitives.WriteUInt32BigEndian(rest, id);
        rest[4] = type;
        publicKey.CopyTo(rest[5..]);
        return input;
    }

    public static bool Verify(DeviceIdentity identity, ReadOnlySpan<byte> input, ReadOnlySpan<byte> signature) =>
        Ed25519Signature.Verify(signature, identity.SigningKey, input);
}
