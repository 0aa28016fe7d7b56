using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;

namespace ChatService.Cli.Bots;

/// <summary>Says what it is told.</summary>
internal sealed class EchoBot(ChatClient client)
{
    public async Task HandleAsync(ChatMessage message, Conversation? conversation, CancellationToken ct)
    {
        if (message.Text is { } text)
            await client.QueueAsync(message.ConversationId, new TextContent(text), ct);
    }
}
