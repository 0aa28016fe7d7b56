using ChatService.Cli.Groups;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class RoleCommand() : SlashCommand("role", "@x admin|member", "make a member an admin, or an admin a member")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var words = Words(arguments, 2);
        chat.Update(await chat.Client.ChangeRoleAsync(chat.Conversation, chat.Member(words[0]).UserId, MemberList.ParseRole(words[1]), ct));
    }
}
