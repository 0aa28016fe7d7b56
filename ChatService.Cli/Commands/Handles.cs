using System.CommandLine;
using Spectre.Console;

namespace ChatService.Cli.Commands;

/// <summary>Arguments that name people and conversations.</summary>
internal static class Handles
{
    public static Argument<string?> Own() => new("handle")
    {
        Description = "Your handle: 3 to 32 of a-z, 0-9, '.', '_' and '-', beginning with a letter. Asked for when left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static async Task<string> OwnAsync(string? handle, CancellationToken ct)
    {
        if (handle is not null)
            return Normalize(handle);
        if (Console.IsInputRedirected)
            throw new CliException("Say who you are: the handle is missing.", ExitCode.Usage);
        return Normalize(await new TextPrompt<string>("Handle:").ShowAsync(AnsiConsole.Console, ct));
    }

    public static Argument<string> Target() => new("whom") { Description = "@handle, a group's name, or a conversation's id as 'chat conversations' shows it." };

    public static string Normalize(string handle) => handle.TrimStart('@').ToLowerInvariant();
}
