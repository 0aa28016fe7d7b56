namespace ChatService.Client.Encryption;

/// <summary>Why something could not be sealed, opened or trusted.</summary>
public enum EncryptionError
{
    /// <summary>A bundle's signature is wrong, or a key in it is missing or malformed. Nothing is sent to that device.</summary>
    UntrustedBundle,

    /// <summary>The device has another identity than the one pinned, or belongs to another user. A person has to look at it.</summary>
    IdentityChanged,

    /// <summary>A verified contact has a device that was added or changed since; sending waits for a confirmation.</summary>
    UnconfirmedDevice,

    /// <summary>No session with a device, and no bundle to start one: fetch its bundle and seal again.</summary>
    NoSession,

    /// <summary>The message starts a session on a prekey that this device no longer has (or never had).</summary>
    UnknownPreKey,

    /// <summary>The message starts a session that has been started before.</summary>
    ReplayedSession,

    /// <summary>The message has been decrypted before, or its key is gone.</summary>
    Duplicate,

    /// <summary>More than 1,000 messages of a chain are missing before this one.</summary>
    TooManySkipped,

    /// <summary>No wrap in the envelope is for this device.</summary>
    NotForThisDevice,

    /// <summary>Authentication failed: something was changed on the way, or it was made for another conversation, sender or device.</summary>
    Tampered,

    /// <summary>Not a well-formed envelope, key or header.</summary>
    Malformed,

    /// <summary>Made by a later version of the protocol.</summary>
    UnsupportedVersion,

    /// <summary>Larger than an envelope may be, or for too many devices.</summary>
    TooLarge,

    /// <summary>This device has no keys yet.</summary>
    NoDeviceKeys,

    /// <summary>Stored state cannot be read.</summary>
    CorruptState,
}
