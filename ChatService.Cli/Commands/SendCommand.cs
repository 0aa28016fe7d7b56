using System.CommandLine;
using ChatService.Cli.Profiles;

namespace ChatService.Cli.Commands;

/// <summary>Sends one message and waits until the server has it.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        var target = Handles.Target();
        var text = new Argument<string>("text") { Description = "What to say." };
        var command = new Command("send", "Send one message.") { target, text };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ConnectAsync(result.OpenProfile(), ct);
            var conversation = await session.OpenAsync(result.GetRequiredValue(target), ct);
            await session.Client.SendTextAsync(conversation, result.GetRequiredValue(text), ct);
            if (!Console.IsOutputRedirected)
                await Console.Out.WriteLineAsync("sent ✓");
            return ExitCode.Done;
        });
        return command;
    }
}
