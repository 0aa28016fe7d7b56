namespace ChatService.Core.Conversations;

public sealed partial class Conversation
{
    /// <summary>
    /// One of the two has blocked the other, or no longer does. No system message: who is blocked is not told. The version
    /// moves, so that no message is stored on the word of a list from before.
    /// </summary>
    public void Block(Guid blockerId, bool isBlocked)
    {
        var flag = blockerId == DirectLowId ? DirectBlocks.ByLow : blockerId == DirectHighId ? DirectBlocks.ByHigh : DirectBlocks.None;
        var blocks = isBlocked ? Blocks | flag : Blocks & ~flag;
        if (blocks != Blocks)
        {
            Blocks = blocks;
            MembershipVersion++;
        }
    }
}
