using ChatService.Contracts;

namespace ChatService.Hub.Messages;

public enum MessageVerdict
{
    Stored,

    /// <summary>A retry: the first receipt stands.</summary>
    AlreadyStored,

    /// <summary>The id is taken by another device's message.</summary>
    IdTaken,

    /// <summary>Members or devices changed since the list was checked: the sender may not even be one of them any more.</summary>
    Stale,
}
