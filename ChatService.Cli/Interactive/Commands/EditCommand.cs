namespace ChatService.Cli.Interactive.Commands;

internal sealed class EditCommand() : SlashCommand("edit", "[n] text", "give your last message, or another of yours, a new text")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var (number, text) = WithNumber(arguments);
        var message = await chat.Messages.FindAsync(number, Said.ByMe, "There is no message of yours to edit.", ct);
        chat.Messages.Show(await chat.Client.EditAsync(message, Text(text), ct));
    }
}
