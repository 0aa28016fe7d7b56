using System.CommandLine;

namespace ChatService.Cli.Commands;

/// <summary>Arguments that name people and conversations.</summary>
internal static class Handles
{
    public static Argument<string> Own() => new("handle") { Description = "3 to 32 of a-z, 0-9, '.', '_' and '-', beginning with a letter." };

    public static Argument<string> Target() => new("whom") { Description = "@handle, or a conversation's id as 'chat conversations' shows it." };

    public static string Normalize(string handle) => handle.TrimStart('@').ToLowerInvariant();
}
