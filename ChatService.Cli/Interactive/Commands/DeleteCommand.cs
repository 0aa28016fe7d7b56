using ChatService.Client.Messages;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class DeleteCommand() : SlashCommand("delete", "[n]", "take your last message, or another of yours, back for everyone")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var (number, others) = WithNumber(arguments);
        if (others.Length > 0)
            throw Misused();
        var message = await chat.Messages.FindAsync(number, Said.ByMe, "There is no message of yours to delete.", ct);
        await chat.Client.DeleteAsync(message, ct);
        chat.Messages.ShowChange(message, new DeleteContent(message.Id));
    }
}
