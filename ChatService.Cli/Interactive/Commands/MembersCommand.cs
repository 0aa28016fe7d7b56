using ChatService.Cli.Groups;
using ChatService.Cli.Output;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class MembersCommand() : SlashCommand("members", "", "show who is in the conversation")
{
    public override Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        chat.Say(string.Join('\n', TextColumns.Lines(MemberList.Rows(chat.Conversation))));
        return Task.CompletedTask;
    }
}
