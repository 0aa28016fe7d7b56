namespace ChatService.Cli.Interactive.Commands;

internal sealed class LeaveCommand() : SlashCommand("leave", "", "leave the group for good, and the chat")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        Words(arguments, 0);
        if (chat.Conversation.IsMember)
            await chat.Client.LeaveAsync(chat.Conversation, ct);
        chat.End();
    }
}
