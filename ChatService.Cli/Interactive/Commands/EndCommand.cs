using ChatService.Contracts;

namespace ChatService.Cli.Interactive.Commands;

/// <summary>Asks for the name, so that nobody ends a group by a slip.</summary>
internal sealed class EndCommand() : SlashCommand("end", "the group's name", "end the group for everyone, for good")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var group = chat.Conversation;
        if (group.Type == ConversationType.Group && Text(arguments) != group.Title)
            throw new CliException($"This group is called '{group.Title}': write /end {group.Title} to end it for everyone.", ExitCode.Usage);
        await chat.Client.DeleteGroupAsync(group, ct);
        chat.End();
    }
}
