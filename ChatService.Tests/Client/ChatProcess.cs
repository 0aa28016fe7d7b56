using System.Diagnostics;
using System.Text;

namespace ChatService.Tests.Client;

/// <summary>A running <c>chat</c>, as a script would run it: its own process, its own profile folder, pipes for everything.</summary>
internal sealed class ChatProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private ChatProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync(Ct);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static ChatProcess Start(string profile, params string[] arguments)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "chat.dll"), "--profile", profile, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
            StandardErrorEncoding = utf8,
        };
        return new(Process.Start(start)!);
    }

    /// <summary>Runs to the end with this on standard input.</summary>
    public static async Task<ChatResult> RunAsync(string profile, string input, params string[] arguments)
    {
        await using var chat = Start(profile, arguments);
        await chat._process.StandardInput.WriteAsync(input.AsMemory(), Ct);
        chat._process.StandardInput.Close();
        var output = await chat._process.StandardOutput.ReadToEndAsync(Ct);
        await chat._process.WaitForExitAsync(Ct);
        return new(chat._process.ExitCode, output, await chat._errors);
    }

    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync(Ct);

    /// <summary>As a terminal's Ctrl+C does not reach a process without one, the polite signal that means the same.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(Ct);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }
}
