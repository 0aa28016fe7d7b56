namespace ChatService.Client.Messages;

/// <summary>How far a message has come, as this device knows it.</summary>
public enum MessageState
{
    /// <summary>Somebody else's message, or one of the server's.</summary>
    Received,

    /// <summary>In this device's outbox; sent as soon as it can be, also after a restart.</summary>
    Pending,

    /// <summary>Committed by the server.</summary>
    Sent,

    /// <summary>All other members have it on a device.</summary>
    Delivered,

    /// <summary>All other members have read it.</summary>
    Read,

    /// <summary>Refused for good; <see cref="ChatMessage.Error"/> says why. It can be retried.</summary>
    Failed,
}
