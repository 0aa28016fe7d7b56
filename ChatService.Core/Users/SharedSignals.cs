namespace ChatService.Core.Users;

/// <summary>What a user lets others see, and so sees of others. Everything, unless they switch something off.</summary>
[Flags]
public enum SharedSignals
{
    None = 0,

    /// <summary>How far their markers are.</summary>
    Receipts = 1,

    Typing = 2,

    Presence = 4,

    All = Receipts | Typing | Presence,
}
