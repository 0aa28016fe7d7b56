using ChatService.Cli.Commands;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class AddCommand() : SlashCommand("add", "@x", "add someone, who sees nothing from before")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct) =>
        chat.Update(await chat.Client.AddMemberAsync(chat.Conversation, Handles.Normalize(Words(arguments, 1)[0]), ct));
}
