using System.CommandLine;
using ChatService.Cli.Profiles;

namespace ChatService.Cli.Commands;

/// <summary>What every command takes.</summary>
internal static class GlobalOptions
{
    public static Option<string?> Profile { get; } = new("--profile", "-p")
    {
        Description = "Who you are on this machine: a name, or a folder (./alice). CHAT_PROFILE is the default, else 'default'.",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("CHAT_PROFILE"),
    };

    public static Option<string?> Server { get; } = new("--server", "-s")
    {
        Description = $"The server's address, remembered per profile once you have signed in [default: {Profiles.Profile.DefaultServer}].",
        Recursive = true,
    };

    public static Profile OpenProfile(this ParseResult result) => Profiles.Profile.Open(result.GetValue(Profile), result.GetValue(Server));
}
