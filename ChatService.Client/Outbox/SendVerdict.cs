namespace ChatService.Client.Outbox;

/// <summary>What to do with a message that did not go through.</summary>
internal enum SendVerdict
{
    /// <summary>The same envelope again, later.</summary>
    Retry,

    /// <summary>A new envelope for a new device list, under the same id.</summary>
    Reseal,

    /// <summary>As Retry, but not for ever.</summary>
    RetrySome,

    /// <summary>Never.</summary>
    Fail,
}
