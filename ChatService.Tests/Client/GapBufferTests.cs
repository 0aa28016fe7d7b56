using ChatService.Client.CatchUp;
using ChatService.Contracts;

namespace ChatService.Tests.Client;

public class GapBufferTests
{
    private static readonly Guid s_conversation = Guid.CreateVersion7();

    private readonly GapBuffer _buffer = new();

    [Fact]
    public void Early_messages_wait_for_the_one_before_and_then_come_in_order()
    {
        foreach (var sequence in (long[])[5, 3, 4])
            _buffer.Add(Message(sequence));

        Assert.Empty(_buffer.TakeAfter(s_conversation, 1));
        Assert.True(_buffer.HasGaps);
        Assert.Equal([3, 4, 5], _buffer.TakeAfter(s_conversation, 2).Select(message => message.Sequence));
        Assert.False(_buffer.HasGaps);
    }

    [Fact]
    public void What_the_position_has_passed_is_forgotten()
    {
        foreach (var sequence in (long[])[2, 3, 3, 7])
            _buffer.Add(Message(sequence));

        Assert.Empty(_buffer.TakeAfter(s_conversation, 5));
        Assert.True(_buffer.HasGaps);
        Assert.Empty(_buffer.TakeAfter(s_conversation, 7));
        Assert.False(_buffer.HasGaps);
    }

    [Fact]
    public void A_known_sequence_without_its_message_is_a_gap()
    {
        _buffer.Note(s_conversation, 9);

        _buffer.TakeAfter(s_conversation, 8);
        Assert.True(_buffer.HasGaps);
        _buffer.TakeAfter(s_conversation, 9);
        Assert.False(_buffer.HasGaps);
    }

    [Fact]
    public void It_holds_so_many_and_no_more_and_still_knows_how_far_the_conversation_reaches()
    {
        for (var sequence = 2; sequence <= GapBuffer.PerConversation * 2; sequence++)
            _buffer.Add(Message(sequence));

        Assert.Equal(GapBuffer.PerConversation, _buffer.TakeAfter(s_conversation, 1).Count);
        Assert.True(_buffer.HasGaps);
    }

    private static SealedMessage Message(long sequence) =>
        new(Guid.CreateVersion7(), s_conversation, Guid.Empty, Guid.Empty, sequence, "", "", "", MessageType.Text, DateTime.UnixEpoch);
}
