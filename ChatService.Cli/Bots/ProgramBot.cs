using ChatService.Cli.Output;
using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;

namespace ChatService.Cli.Bots;

/// <summary>
/// One running program per conversation, so that an answer, however late, can only go where the question came from. A program that
/// ended is started again with the next message.
/// </summary>
internal sealed class ProgramBot(ChatClient client, string path) : IAsyncDisposable
{
    private const int MostPrograms = 64;

    private readonly Dictionary<Guid, BotProgram> _programs = [];

    public async Task HandleAsync(ChatMessage message, Conversation? conversation, CancellationToken ct)
    {
        var line = MessageJson.Write(message, conversation);
        if (await TryHandAsync(message.ConversationId, line, ct) || await TryHandAsync(message.ConversationId, line, ct))
            return;
        throw new CliException($"'{path}' ends before it reads its input.");
    }

    private async Task<bool> TryHandAsync(Guid conversationId, string line, CancellationToken ct)
    {
        var program = await ProgramAsync(conversationId, ct);
        return await program.TryWriteAsync(line, ct);
    }

    private async Task<BotProgram> ProgramAsync(Guid conversationId, CancellationToken ct)
    {
        if (_programs.TryGetValue(conversationId, out var known))
        {
            if (known.IsRunning)
            {
                known.LastUsed = DateTime.UtcNow;
                return known;
            }

            await EndAsync(conversationId);
        }

        if (_programs.Count >= MostPrograms)
            await EndAsync(_programs.MinBy(entry => entry.Value.LastUsed).Key);
        return _programs[conversationId] = BotProgram.Start(path, (text, token) => client.QueueAsync(conversationId, new TextContent(text), token), ct);
    }

    private async Task EndAsync(Guid conversationId)
    {
        if (_programs.Remove(conversationId, out var program))
            await program.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var conversationId in _programs.Keys.ToArray())
            await EndAsync(conversationId);
    }
}
