using ChatService.Cli.Blocks;
using ChatService.Cli.Commands;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class UnblockCommand() : SlashCommand("unblock", "@x", "take it back")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var handle = Handles.Normalize(Words(arguments, 1)[0]);
        await BlockedPeople.UnblockAsync(chat.Client, handle, ct);
        chat.Say($"@{handle} is not blocked any more.");
    }
}
