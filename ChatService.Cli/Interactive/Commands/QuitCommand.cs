namespace ChatService.Cli.Interactive.Commands;

internal sealed class QuitCommand() : SlashCommand("quit", "", "end the chat, as Ctrl+D does")
{
    public override Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        chat.End();
        return Task.CompletedTask;
    }
}
