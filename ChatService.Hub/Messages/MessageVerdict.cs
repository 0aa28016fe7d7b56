using ChatService.Contracts;

namespace ChatService.Hub.Messages;

public enum MessageVerdict
{
    Stored,

    /// <summary>A retry: the first receipt stands.</summary>
    AlreadyStored,

    /// <summary>The id is taken by another device's message.</summary>
    IdTaken,

    /// <summary>No such conversation, or the sender is not a member, or the device is not theirs (any more).</summary>
    NotFound,

    /// <summary>Members or devices changed since the list was checked.</summary>
    Stale,
}
