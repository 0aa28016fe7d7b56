using System.CommandLine;
using ChatService.Cli.Output;
using ChatService.Cli.Profiles;

namespace ChatService.Cli.Commands;

/// <summary>Prints what came to this device and was not printed before, a JSON object a line: nothing is missed between two runs, and nothing comes twice.</summary>
internal static class ListenCommand
{
    public static Command Create()
    {
        var command = new Command("listen", "Print incoming messages, one JSON object a line, until Ctrl+C.");
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ConnectAsync(result.OpenProfile(), ct, patient: true);
            await foreach (var message in session.Client.Messages("listen", fromStart: true, ct))
            {
                var conversation = await session.Client.FindConversationAsync(message.ConversationId, ct);
                await Console.Out.WriteLineAsync(MessageJson.Write(message, conversation).AsMemory(), ct);
                await Console.Out.FlushAsync(ct);
            }

            return ExitCode.Done;
        });
        return command;
    }
}
