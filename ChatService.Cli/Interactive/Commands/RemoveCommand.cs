namespace ChatService.Cli.Interactive.Commands;

internal sealed class RemoveCommand() : SlashCommand("remove", "@x", "remove a member")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct) =>
        chat.Update(await chat.Client.RemoveMemberAsync(chat.Conversation, chat.Member(Words(arguments, 1)[0]).UserId, ct));
}
