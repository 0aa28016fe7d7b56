using System.CommandLine;
using ChatService.Cli.Assistant;
using ChatService.Cli.Output;
using ChatService.Cli.Profiles;
using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;

namespace ChatService.Cli.Commands;

/// <summary>Sends one message or file, and waits until the server has it.</summary>
internal static class SendCommand
{
    public static Command Create()
    {
        var target = Handles.Target();
        var text = new Argument<string?>("text") { Description = "What to say; with --file, its caption.", Arity = ArgumentArity.ZeroOrOne };
        var replyTo = new Option<Guid?>("--reply-to") { Description = "The id of the message that this one answers." };
        var file = new Option<string?>("--file") { Description = "A file to send, of at most 25 MiB." };
        var yes = AssistantOption.Create();
        var command = new Command("send", "Send one message or file.") { target, text, replyTo, file, yes };
        command.SetAction(async (result, ct) =>
        {
            var (words, path, answered) = (result.GetValue(text), result.GetValue(file), result.GetValue(replyTo));
            if (words is null && path is null)
                throw new CliException("There is nothing to send: add a text or --file.", ExitCode.Usage);
            if (path is not null && answered is not null)
                throw new CliException("A file answers no message: use --reply-to or --file.", ExitCode.Usage);
            var profile = result.OpenProfile();
            await using var session = await Session.ConnectAsync(profile, ct);
            SayOnceWhatHolds(session.Client.Events);
            var conversation = await session.OpenAsync(result.GetRequiredValue(target), ct);
            if (path is not null)
                await SendFileAsync(session, conversation, path, words, ct);
            else
                await session.Client.SendAsync(
                    conversation.Id,
                    answered is { } id
                        ? new ReplyContent(id, words!)
                        : await AssistantOption.ContentAsync(session.Client, conversation, words!, profile.AssistantConsent, result.GetValue(yes), ct),
                    ct);
            if (!Console.IsOutputRedirected)
                await Console.Out.WriteLineAsync("sent ✓");
            return ExitCode.Done;
        });
        return command;
    }

    private static void SayOnceWhatHolds(ChatEvents events)
    {
        var said = 0;
        events.SendDelayed += (_, error) =>
        {
            if (Interlocked.Exchange(ref said, 1) == 0)
                Console.Error.WriteLine($"The server has not taken it yet: {error.Message} Trying on. If you stop, the next 'chat' of this profile sends it.");
        };
    }

    private static async Task SendFileAsync(Session session, Conversation conversation, string path, string? caption, CancellationToken ct)
    {
        using var progress = new TransferLine("sending " + Path.GetFileName(path));
        await session.Client.SendFileAsync(conversation, path, caption, progress, ct);
    }
}
