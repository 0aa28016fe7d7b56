using System.CommandLine;
using ChatService.Cli.Output;
using ChatService.Cli.Profiles;

namespace ChatService.Cli.Commands;

/// <summary>Saves the file of a message that is on this device, and prints where it is.</summary>
internal static class DownloadCommand
{
    public static Command Create()
    {
        var target = Handles.Target();
        var id = new Argument<Guid>("message") { Description = "The message's id, as 'chat listen' prints it." };
        var folder = new Argument<string>("folder") { Description = "Where to save it; never over another file.", DefaultValueFactory = _ => "." };
        var command = new Command("download", "Save a message's file.") { target, id, folder };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ConnectAsync(result.OpenProfile(), ct);
            await session.Client.CaughtUpAsync(ct);
            var conversation = await session.OpenAsync(result.GetRequiredValue(target), ct);
            var message = await session.Client.FindMessageAsync(conversation.Id, result.GetRequiredValue(id), ct)
                ?? throw new CliException("There is no such message on this device.");
            string path;
            using (var progress = new TransferLine("saving " + message.Attachment?.Name))
                path = await session.Client.SaveFileAsync(message, result.GetRequiredValue(folder), progress, ct);
            await Console.Out.WriteLineAsync(path);
            return ExitCode.Done;
        });
        return command;
    }
}
