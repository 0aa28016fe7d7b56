using System.Buffers.Binary;
using System.Security.Cryptography;
using ChatService.Client.Encryption.Keys;
using ChatService.Contracts;

namespace ChatService.Client.Devices;

/// <summary>A device's public keys in the form that the REST API takes.</summary>
internal static class KeyUploads
{
    public static RegisterDeviceRequest ToRegistration(this PublicDeviceKeys keys, string deviceName) => new(
        deviceName,
        Convert.ToBase64String(keys.Identity.ToPublicKey()),
        ToUpload(keys.SignedPreKey),
        ToUpload(keys.KemPreKey),
        ToUploads(keys.OneTimePreKeys));

    public static ReplacePreKeysRequest ToReplacement(this PublicDeviceKeys keys) => new(ToUpload(keys.SignedPreKey), ToUpload(keys.KemPreKey));

    public static IReadOnlyList<OneTimePreKeyUpload> ToUploads(IReadOnlyList<PublicPreKey> keys) =>
        [.. keys.Select(key => new OneTimePreKeyUpload(key.Id, Convert.ToBase64String(key.PublicKey)))];

    /// <summary>What the server should have: SHA-256 over identity, signed prekey and KEM prekey with their ids (<see cref="KeyCheckRequest"/>).</summary>
    public static KeyCheckRequest ToCheck(this PublicDeviceKeys keys)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(keys.Identity.ToPublicKey());
        Append(hash, keys.SignedPreKey);
        Append(hash, keys.KemPreKey);
        return new(Convert.ToBase64String(hash.GetHashAndReset()));
    }

    private static void Append(IncrementalHash hash, SignedPublicPreKey key)
    {
        Span<byte> id = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(id, key.Id);
        hash.AppendData(id);
        hash.AppendData(key.PublicKey);
    }

    private static SignedPreKeyUpload ToUpload(SignedPublicPreKey key) =>
        new(key.Id, Convert.ToBase64String(key.PublicKey), Convert.ToBase64String(key.Signature));
}
