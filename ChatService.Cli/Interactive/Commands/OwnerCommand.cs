using ChatService.Contracts;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class OwnerCommand() : SlashCommand("owner", "@x", "hand the group over; you become an admin")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var heir = chat.Member(Words(arguments, 1)[0]);
        if (heir.Role == ParticipantRole.Owner)
            throw new CliException($"@{heir.Handle} is the owner already.");
        chat.Update(await chat.Client.HandOverAsync(chat.Conversation, heir.UserId, ct));
    }
}
