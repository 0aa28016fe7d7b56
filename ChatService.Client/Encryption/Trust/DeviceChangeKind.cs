namespace ChatService.Client.Encryption.Trust;

public enum DeviceChangeKind
{
    /// <summary>Not seen before; it has been pinned.</summary>
    Added,

    /// <summary>Gone from the list.</summary>
    Removed,

    /// <summary>Back on the list, with the identity that was pinned.</summary>
    Returned,

    /// <summary>Another identity than the pinned one, which stays pinned until a person accepts the new one.</summary>
    IdentityChanged,
}
