using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Keys;
using ChatService.Hub.Accounts;

namespace ChatService.Hub.Devices;

/// <summary>A registration whose every part has been checked.</summary>
internal sealed record DeviceUpload(
    Guid DeviceId,
    string Name,
    byte[] IdentityPublicKey,
    CheckedPreKey SignedPreKey,
    CheckedPreKey KemPreKey,
    IReadOnlyList<OneTimePreKey> OneTimePreKeys,
    DateTime At)
{
    public static DeviceUpload Check(Guid deviceId, RegisterDeviceRequest request, DateTime now)
    {
        if (deviceId.Version != 7)
        {
            throw ChatException.Invalid("A device id must be a UUIDv7.");
        }

        var identity = Core.Keys.IdentityPublicKey.Decode(request.IdentityPublicKey);
        return new DeviceUpload(
            deviceId,
            CleanName(request.Name),
            identity.ToBytes(),
            PreKeyUpload.CheckSignedPreKey(identity, request.SignedPreKey),
            PreKeyUpload.CheckKemPreKey(identity, request.KemPreKey),
            PreKeyUpload.CheckOneTimePreKeys(deviceId, request.OneTimePreKeys, now),
            now);
    }

    public static string CleanName(string? text) => DisplayName.Clean(text) is { Length: > 0 and <= Limits.NameLength } name
        ? name
        : throw ChatException.Invalid($"A device name has 1 to {Limits.NameLength} visible characters.");

    public UserKeyBundle ToBundle() => new()
    {
        DeviceId = DeviceId,
        IdentityPublicKey = IdentityPublicKey,
        SignedPreKeyId = SignedPreKey.Id,
        SignedPreKey = SignedPreKey.PublicKey,
        SignedPreKeySignature = SignedPreKey.Signature,
        SignedPreKeyTimestamp = At,
        KemPreKeyId = KemPreKey.Id,
        KemPreKey = KemPreKey.PublicKey,
        KemPreKeySignature = KemPreKey.Signature,
    };
}
