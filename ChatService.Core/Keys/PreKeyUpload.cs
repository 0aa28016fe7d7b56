using ChatService.Contracts;
using ChatService.Core.Errors;

namespace ChatService.Core.Keys;

/// <summary>Checks what devices upload: form, sizes, and that the device's identity signed it (protocol section 1).</summary>
public static class PreKeyUpload
{
    /// <summary>What a prekey header says instead of an id when there is no one-time prekey (protocol section 3).</summary>
    private const uint NoOneTimePreKey = uint.MaxValue;

    public static CheckedPreKey CheckSignedPreKey(IdentityPublicKey identity, SignedPreKeyUpload? upload)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var key = CurvePublicKey.Decode(upload?.PublicKey, "The signed prekey");
        var signature = KeyText.Decode(upload!.Signature, Limits.SignatureLength, "The signed prekey's signature");
        return identity.SignedPreKey(upload.Id, key, signature)
            ? new CheckedPreKey(upload.Id, key, signature)
            : throw Unsigned("signed");
    }

    public static CheckedPreKey CheckKemPreKey(IdentityPublicKey identity, SignedPreKeyUpload? upload)
    {
        ArgumentNullException.ThrowIfNull(identity);
        var key = KemPublicKey.Decode(upload?.PublicKey, "The KEM prekey");
        var signature = KeyText.Decode(upload!.Signature, Limits.SignatureLength, "The KEM prekey's signature");
        return identity.SignedKemPreKey(upload.Id, key, signature)
            ? new CheckedPreKey(upload.Id, key, signature)
            : throw Unsigned("KEM");
    }

    public static IReadOnlyList<OneTimePreKey> CheckOneTimePreKeys(
        Guid deviceId, IReadOnlyList<OneTimePreKeyUpload?>? uploads, DateTime now)
    {
        if (uploads is null || uploads.Count > Limits.OneTimePreKeysPerDevice)
        {
            throw ChatException.Invalid($"Send a list of at most {Limits.OneTimePreKeysPerDevice} one-time prekeys.");
        }

        var ids = new HashSet<uint>();
        var publicKeys = new HashSet<string>(StringComparer.Ordinal);
        var keys = new List<OneTimePreKey>(uploads.Count);
        foreach (var upload in uploads)
        {
            if (upload is null || upload.Id == NoOneTimePreKey)
            {
                throw ChatException.Invalid("A one-time prekey needs an id below 4294967295 and a public key.");
            }

            var key = CurvePublicKey.Decode(upload.PublicKey, "A one-time prekey");
            if (!ids.Add(upload.Id) || !publicKeys.Add(Convert.ToHexString(key)))
            {
                throw ChatException.Invalid("A one-time prekey is in the list twice.");
            }

            keys.Add(new OneTimePreKey { DeviceId = deviceId, KeyId = upload.Id, PublicKey = key, CreatedAt = now });
        }

        return keys;
    }

    private static ChatException Unsigned(string which) => new(
        ErrorCodes.InvalidSignature, $"The {which} prekey is not signed by this device's identity key: sign it again and repeat.");
}
