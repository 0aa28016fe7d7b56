namespace ChatService.Cli.Interactive.Commands;

internal sealed class OwnerCommand() : SlashCommand("owner", "@x", "hand the group over; you become an admin")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct) =>
        chat.Update(await chat.Client.HandOverAsync(chat.Conversation, chat.Member(Words(arguments, 1)[0]).UserId, ct));
}
