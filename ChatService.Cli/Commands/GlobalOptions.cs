using System.CommandLine;
using ChatService.Cli.Profiles;
using ChatService.Client.Connection;

namespace ChatService.Cli.Commands;

/// <summary>What every command takes.</summary>
internal static class GlobalOptions
{
    private static readonly OrderedDictionary<string, HubTransport> Transports = new()
    {
        ["automatic"] = HubTransport.Automatic,
        ["websockets"] = HubTransport.WebSocketsOnly,
        ["server-sent-events"] = HubTransport.ServerSentEvents,
        ["long-polling"] = HubTransport.LongPolling,
    };

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

    public static Option<string> Transport { get; } = CreateTransport();

    public static Profile OpenProfile(this ParseResult result) =>
        Profiles.Profile.Open(result.GetValue(Profile), result.GetValue(Server), Transports[result.GetRequiredValue(Transport)]);

    private static Option<string> CreateTransport()
    {
        var option = new Option<string>("--transport")
        {
            Description = "How to reach the server, for this run: websockets where no proxy keeps sessions sticky, the last two where WebSockets do not get through.",
            Recursive = true,
            DefaultValueFactory = _ => Transports.First().Key,
        };
        option.CompletionSources.Add([.. Transports.Keys]);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var given] && !Transports.ContainsKey(given.Value))
                result.AddError($"There is no transport '{given.Value}', only {string.Join(", ", Transports.Keys)}.");
        });
        return option;
    }
}
