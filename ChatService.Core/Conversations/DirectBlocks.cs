namespace ChatService.Core.Conversations;

/// <summary>Who of the two users of a direct conversation has blocked the other.</summary>
[Flags]
public enum DirectBlocks
{
    None = 0,

    /// <summary>The user with the smaller id, see <see cref="Conversation.DirectLowId"/>.</summary>
    ByLow = 1,

    ByHigh = 2,
}
