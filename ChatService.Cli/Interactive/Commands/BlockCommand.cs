using ChatService.Cli.Commands;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class BlockCommand() : SlashCommand("block", "@x", "want nothing from someone any more; they are not told")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var handle = Handles.Normalize(Words(arguments, 1)[0]);
        var userId = chat.Conversation.Members.FirstOrDefault(member => member.Handle == handle)?.UserId ?? (await chat.Client.People.FindAsync(handle, ct)).Id;
        await chat.Client.People.BlockAsync(userId, ct);
        chat.Say(chat.Conversation.Other is null
            ? $"@{handle} is blocked: what they write is not shown to you. /unblock @{handle} takes it back."
            : $"@{handle} is blocked: neither of you can write here. /unblock @{handle} takes it back.");
    }
}
