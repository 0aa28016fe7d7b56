using System.Threading.Channels;
using ChatService.Cli.Interactive.Commands;
using ChatService.Cli.Output;
using ChatService.Client;

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
                await RunAsync(line, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The chat has ended.
        }
    }

    private async Task RunAsync(string line, CancellationToken ct)
    {
        try
        {
            await SlashCommands.RunAsync(chat, line, ct);
        }
        catch (Exception e) when (e is CliException or ChatException or IOException or UnauthorizedAccessException)
        {
            chat.Screen.Print(chat.Screen.Bold(TerminalText.OneLine(e.Message)));
        }
    }
}
