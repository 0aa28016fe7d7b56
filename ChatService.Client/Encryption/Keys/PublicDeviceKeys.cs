using System.Buffers.Binary;
using System.Security.Cryptography;

namespace ChatService.Client.Encryption.Keys;

/// <summary>The public halves that a device uploads.</summary>
public sealed record PublicDeviceKeys
{
    public required DeviceIdentity Identity { get; init; }

    public required SignedPublicPreKey SignedPreKey { get; init; }

    public required SignedPublicPreKey KemPreKey { get; init; }

    /// <summary>Those made by the call that returned this; empty when it only looked or rotated.</summary>
    public IReadOnlyList<PublicPreKey> OneTimePreKeys { get; init; } = [];

    /// <summary>
    /// 32 bytes that tell whether the server has these keys: SHA-256 over
    /// <c>IdentityPublicKey ‖ u32(SignedPreKeyId) ‖ SignedPreKey ‖ u32(KemPreKeyId) ‖ KemPreKey</c>.
    /// </summary>
    public byte[] CheckDigest()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> id = stackalloc byte[4];
        hash.AppendData(Identity.ToPublicKey());
        foreach (var key in new[] { SignedPreKey, KemPreKey })
        {
            BinaryPrimitives.WriteUInt32BigEndian(id, key.Id);
            hash.AppendData(id);
            hash.AppendData(key.PublicKey);
        }

        return hash.GetHashAndReset();
    }
}
