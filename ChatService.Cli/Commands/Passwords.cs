using System.CommandLine;
using Spectre.Console;

namespace ChatService.Cli.Commands;

/// <summary>Where a password comes from. Never from the command line, which other users of the machine can see.</summary>
internal static class Passwords
{
    public static Option<bool> FromStdin() => new("--password-stdin") { Description = "Read the password from standard input, up to the end of its first line." };

    public static async Task<string> ReadAsync(bool fromStdin, bool twice, CancellationToken ct)
    {
        if (fromStdin)
        {
            return await Console.In.ReadLineAsync(ct) is { Length: > 0 } line
                ? line
                : throw new CliException("There is no password on standard input.", ExitCode.Usage);
        }

        if (Console.IsInputRedirected)
            throw new CliException("There is no terminal to ask for the password: use --password-stdin.", ExitCode.Usage);
        var password = await AskAsync("Password:", ct);
        if (twice && await AskAsync("Once more:", ct) != password)
            throw new CliException("The two passwords differ. Nothing was done.");
        return password;
    }

    private static Task<string> AskAsync(string prompt, CancellationToken ct) =>
        new TextPrompt<string>(prompt).Secret(null).ShowAsync(AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }), ct);
}
