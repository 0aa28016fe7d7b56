using ChatService.Cli.Assistant;
using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;

namespace ChatService.Cli.Interactive;

/// <summary>Sends each line of standard input, and ends when the server has all of them.</summary>
internal static class PipedChat
{
    private const int InFlight = 64;

    public static async Task<int> RunAsync(ChatClient client, Conversation conversation, AssistantConsent consent, bool agreed, CancellationToken ct)
    {
        Queue<Task<ChatMessage>> sending = [];
        while (await Console.In.ReadLineAsync(ct) is { } line)
        {
            if (line.Length == 0)
                continue;
            sending.Enqueue(client.SendAsync(conversation.Id, await AssistantOption.ContentAsync(client, conversation, line, consent, agreed, ct), ct));
            if (sending.Count >= InFlight)
                await sending.Dequeue();
        }

        while (sending.TryDequeue(out var last))
            await last;
        return ExitCode.Done;
    }
}
