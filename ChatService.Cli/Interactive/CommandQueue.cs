using System.Threading.Channels;
using ChatService.Cli.Interactive.Commands;

namespace ChatService.Cli.Interactive;

/// <summary>Runs commands one after the other beside the keyboard, so that nobody waits for the server while typing.</summary>
internal sealed class CommandQueue(ChatContext chat)
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>(new() { SingleReader = true });

    public void Add(string line) => _lines.Writer.TryWrite(line);

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            await foreach (var line in _lines.Reader.ReadAllAsync(ct))
                await chat.TryAsync(() => SlashCommands.RunAsync(chat, line, ct));
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The chat has ended.
        }
    }
}
