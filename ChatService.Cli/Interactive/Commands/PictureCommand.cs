namespace ChatService.Cli.Interactive.Commands;

internal sealed class PictureCommand() : SlashCommand("picture", "[https://…]", "give the group a picture, or without an address none")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct) =>
        chat.Update(await chat.Client.ChangeAvatarAsync(chat.Conversation, arguments.Length == 0 ? null : Words(arguments, 1)[0], ct));
}
