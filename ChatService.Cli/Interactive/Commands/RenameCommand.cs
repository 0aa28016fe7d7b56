namespace ChatService.Cli.Interactive.Commands;

internal sealed class RenameCommand() : SlashCommand("rename", "new name", "give the group another name")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct) =>
        chat.Update(await chat.Client.RenameAsync(chat.Conversation, Text(arguments), ct));
}
