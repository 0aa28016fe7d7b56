using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Scenarios;

internal static class Hearing
{
    /// <summary>The listener has what was acknowledged, all of it, in order, each once; and so has the database, without gaps.</summary>
    /// <param name="others">Messages of others in the same conversation.</param>
    public static async Task AssertAsync(
        AppHostFixture stack, Conversation conversation, IReadOnlyList<ChatMessage> written, Person listener, int others = 0)
    {
        Assert.NotEmpty(written);
        await listener.HearsAtLeastAsync(written.Count);
        Assert.Equal(written.Select(message => message.Text), listener.HeardTexts);
        Assert.Equal(written.Select(message => message.Sequence), listener.Heard.Select(message => message.Sequence));

        var stored = await new Ledger(stack).MessagesAsync(conversation.Id);
        Assert.Equal(written.Count + others, stored.Count);
        Assert.Equal(written.Select(message => message.Id), stored.Where(written.Select(message => message.Id).ToHashSet().Contains));
    }
}
