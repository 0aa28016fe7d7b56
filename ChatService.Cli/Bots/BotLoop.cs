using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;

namespace ChatService.Cli.Bots;

/// <summary>Hands each message of others to a bot, in order, once; after a crash, the one that was being handled again.</summary>
internal static class BotLoop
{
    private const string Subscription = "bot";

    public static async Task RunAsync(ChatClient client, Func<ChatMessage, Conversation?, CancellationToken, Task> handle, CancellationToken ct)
    {
        await Console.Error.WriteLineAsync($"@{client.Me.Handle} is listening.");
        await foreach (var message in client.Messages(Subscription, ct: ct))
        {
            if (message.IsOwn || message.Content is SystemContent or MissingContent)
                continue;
            await handle(message, await client.FindConversationAsync(message.ConversationId, ct), ct);
            await client.MarkReadAsync(message, ct);
        }
    }
}
