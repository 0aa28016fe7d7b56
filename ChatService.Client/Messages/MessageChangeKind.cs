namespace ChatService.Client.Messages;

/// <summary>What happened to a message after it was sent.</summary>
public enum MessageChangeKind
{
    Edited,

    /// <summary>Its author took it back for everyone.</summary>
    Deleted,

    /// <summary>A reaction was added or taken back.</summary>
    Reacted,

    /// <summary>Its time was over: it is not on this device any more.</summary>
    Disappeared,
}
