namespace ChatService.Client.Encryption;

/// <summary>The tables of <see cref="Storage.IChatStore"/> that the encryption owns; keys are ids or hashes in lower-case hexadecimal.</summary>
public static class StoreTables
{
    public const string DeviceKeys = "device-keys";
    public const string SignedPreKeys = "signed-prekeys";
    public const string KemPreKeys = "kem-prekeys";
    public const string OneTimePreKeys = "one-time-prekeys";
    public const string SeenSessions = "seen-sessions";
    public const string Sessions = "sessions";
    public const string SkippedKeys = "skipped-keys";
    public const string PinnedDevices = "pinned-devices";
    public const string DeviceOwners = "device-owners";
    public const string VerifiedContacts = "verified-contacts";
}
