using System.CommandLine;
using ChatService.Cli.Assistant;
using ChatService.Cli.Interactive;
using ChatService.Cli.Profiles;

namespace ChatService.Cli.Commands;

/// <summary>Talks with someone: in a terminal live, from a pipe line by line.</summary>
internal static class WithCommand
{
    public static Command Create()
    {
        var target = Handles.Target();
        var history = new Option<int>("--history") { Description = "How many earlier messages to show.", DefaultValueFactory = _ => 20 };
        var yes = AssistantOption.Create();
        var command = new Command("with", "Talk with someone. From a pipe, each line is a message.") { target, history, yes };
        command.SetAction(async (result, ct) =>
        {
            var profile = result.OpenProfile();
            await using var session = await Session.ConnectAsync(profile, ct);
            var conversation = await session.OpenAsync(result.GetRequiredValue(target), ct);
            if (Console.IsInputRedirected)
                return await PipedChat.RunAsync(session.Client, conversation, profile.AssistantConsent, result.GetValue(yes), ct);
            await session.Client.CaughtUpAsync(ct);
            return await InteractiveChat.RunAsync(session.Client, conversation, result.GetValue(history), profile.AssistantConsent, ct);
        });
        return command;
    }
}
