using ChatService.Cli.Blocks;
using ChatService.Cli.Commands;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class UnblockCommand() : SlashCommand("unblock", "@x", "hear from someone again")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var handle = Handles.Normalize(Words(arguments, 1)[0]);
        var userId = await BlockedPeople.UnblockAsync(chat.Client, handle, ct);
        chat.Say($"@{handle} is not blocked any more.");
        await chat.Messages.ShowMissedAsync(userId, ct);
    }
}
