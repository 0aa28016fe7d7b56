using ChatService.Client.Messages;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class ReactCommand() : SlashCommand("react", "[n] 👍", "put an emoji under a message, or take yours back")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var (number, emoji) = WithNumber(arguments);
        var message = await chat.Messages.FindAsync(number, Said.ByOthers, "There is no message of anybody else to react to.", ct);
        var isThere = message.Reactions.Any(reaction => reaction.Emoji == emoji && reaction.UserIds.Contains(chat.Client.Me.Id));
        if (isThere)
            await chat.Client.UnreactAsync(message, emoji, ct);
        else
            await chat.Client.ReactAsync(message, Text(emoji), ct);
        chat.Messages.ShowChange(message, new ReactionContent(message.Id, emoji, isThere));
    }
}
