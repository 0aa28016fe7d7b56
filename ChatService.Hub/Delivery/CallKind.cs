namespace ChatService.Hub.Delivery;

/// <summary>What is lost when a call never reaches a client.</summary>
public enum CallKind
{
    /// <summary>Nobody can tell what, or nothing repeats it.</summary>
    Other,

    /// <summary>Typing and presence: nothing that the next one does not say.</summary>
    Signal,

    /// <summary>Messages, which CatchUp brings; receipts, which are marks that the next one moves further; pieces of an answer that comes as a message.</summary>
    MadeUpLater,
}
