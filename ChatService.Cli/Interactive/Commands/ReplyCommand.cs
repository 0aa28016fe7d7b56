namespace ChatService.Cli.Interactive.Commands;

internal sealed class ReplyCommand() : SlashCommand("reply", "[n] text", "answer a message, or the last one of the others")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var (number, text) = WithNumber(arguments);
        var message = await chat.Messages.FindAsync(number, Said.ByOthers, "There is no message of anybody else to answer.", ct);
        chat.Messages.Show(await chat.Client.ReplyAsync(message, Text(text), ct));
    }
}
