using ChatService.Cli.Commands;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class UnblockCommand() : SlashCommand("unblock", "@x", "take it back")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var handle = Handles.Normalize(Words(arguments, 1)[0]);
        var blocked = (await chat.Client.People.BlockedAsync(ct)).FirstOrDefault(user => user.Handle == handle)
            ?? throw new CliException($"@{handle} is not blocked.");
        await chat.Client.People.UnblockAsync(blocked.UserId, ct);
        chat.Say($"@{handle} is not blocked any more.");
    }
}
