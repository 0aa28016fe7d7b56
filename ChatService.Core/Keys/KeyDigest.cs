using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ChatService.Core.Keys;

/// <summary>What a device compares to learn whether the server has its current keys.</summary>
public static class KeyDigest
{
    /// <summary>SHA-256 over IdentityPublicKey ‖ u32(SignedPreKeyId) ‖ SignedPreKey ‖ u32(KemPreKeyId) ‖ KemPreKey.</summary>
    public static byte[] Of(UserKeyBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        return SHA256.HashData(
        [
            .. bundle.IdentityPublicKey,
            .. Id(bundle.SignedPreKeyId),
            .. bundle.SignedPreKey,
            .. Id(bundle.KemPreKeyId),
            .. bundle.KemPreKey,
        ]);
    }

    private static byte[] Id(long keyId)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)keyId);
        return bytes;
    }
}
