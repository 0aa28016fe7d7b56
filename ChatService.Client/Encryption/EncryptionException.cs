namespace ChatService.Client.Encryption;

/// <summary>Sealing, opening or trusting failed. Neither the message nor anything in it ever holds a secret.</summary>
public sealed class EncryptionException(EncryptionError error, string message, Exception? inner = null) : Exception(message, inner)
{
    public EncryptionError Error { get; } = error;

    /// <summary>The devices it is about, where it is about some.</summary>
    public IReadOnlyList<Guid> DeviceIds { get; init; } = [];

    internal static EncryptionException Malformed(string what) => new(EncryptionError.Malformed, $"The {what} is malformed.");

    internal static EncryptionException Tampered() =>
        new(EncryptionError.Tampered, "The message did not authenticate: it was changed on the way, or was made for another conversation, sender or device.");
}
