namespace ChatService.Cli.Interactive.Commands;

/// <summary>All that can follow a slash.</summary>
internal static class SlashCommands
{
    public static IReadOnlyList<SlashCommand> All { get; } =
    [
        new HelpCommand(),
        new ReplyCommand(),
        new EditCommand(),
        new DeleteCommand(),
        new ReactCommand(),
        new FileCommand(),
        new SaveCommand(),
        new TimerCommand(),
        new MembersCommand(),
        new AddCommand(),
        new RemoveCommand(),
        new RoleCommand(),
        new OwnerCommand(),
        new RenameCommand(),
        new PictureCommand(),
        new LeaveCommand(),
        new EndCommand(),
        new BlockCommand(),
        new UnblockCommand(),
        new PresenceCommand(),
        new ReceiptsCommand(),
        new DevicesCommand(),
        new SettingsCommand(),
        new QuitCommand(),
    ];

    /// <summary>Whether a line is a command. Two slashes at its beginning stand for one that is sent.</summary>
    public static bool IsCommand(string line) => line.StartsWith('/') && !line.StartsWith("//", StringComparison.Ordinal);

    /// <summary>What is sent of a line that is none.</summary>
    public static string Text(string line) => line.StartsWith("//", StringComparison.Ordinal) ? line[1..] : line;

    public static Task RunAsync(ChatContext chat, string line, CancellationToken ct)
    {
        var parts = line[1..].Split((char[]?)null, 2, StringSplitOptions.TrimEntries);
        var command = All.FirstOrDefault(each => each.Name.Equals(parts[0], StringComparison.OrdinalIgnoreCase))
            ?? throw new CliException($"There is no /{parts[0]}; see /help. To send a line that begins with a slash, begin it with two.", ExitCode.Usage);
        return command.RunAsync(chat, parts.ElementAtOrDefault(1) ?? "", ct);
    }
}
