using ChatService.Cli.Output;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class PresenceCommand() : SlashCommand("presence", "", "show who of the members is there")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        Words(arguments, 0);
        var presence = (await chat.Client.People.PresenceAsync(ct)).ToDictionary(update => update.UserId);
        chat.Say(string.Join('\n', TextColumns.Lines(chat.Conversation.Members
            .Where(member => member.UserId != chat.Client.Me.Id)
            .Select(member => new[] { "@" + member.Handle, presence.GetValueOrDefault(member.UserId) is { } update ? PresenceText.Of(update) ?? "-" : "-" }))));
    }
}
