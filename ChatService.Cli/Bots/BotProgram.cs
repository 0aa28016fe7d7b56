using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using ChatService.Client.Messages;

namespace ChatService.Cli.Bots;

/// <summary>A running program: lines in, lines out. Its standard error is the bot's own.</summary>
internal sealed class BotProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Task _reading;

    private BotProgram(Process process, Func<string, CancellationToken, Task<ChatMessage>> send, CancellationToken ct)
    {
        _process = process;
        _reading = ReadAsync(send, ct);
    }

    public bool IsRunning => !_process.HasExited;

    public DateTime LastUsed { get; set; } = DateTime.UtcNow;

    /// <param name="send">Sends a line that the program printed.</param>
    public static BotProgram Start(string path, Func<string, CancellationToken, Task<ChatMessage>> send, CancellationToken ct)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo(path)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        };
        try
        {
            return new(Process.Start(start)!, send, ct);
        }
        catch (Win32Exception e)
        {
            throw new CliException($"'{path}' cannot be started: {e.Message}.");
        }
    }

    public async Task<bool> TryWriteAsync(string line, CancellationToken ct)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(line.AsMemory(), ct);
            await _process.StandardInput.FlushAsync(ct);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task ReadAsync(Func<string, CancellationToken, Task<ChatMessage>> send, CancellationToken ct)
    {
        try
        {
            while (await _process.StandardOutput.ReadLineAsync(ct) is { } line)
            {
                if (line.Length > 0)
                    await send(line, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The bot ends.
        }
    }

    /// <summary>Closes its input, which asks it to end; what does not end is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        await _reading;
        _process.Dispose();
    }
}
