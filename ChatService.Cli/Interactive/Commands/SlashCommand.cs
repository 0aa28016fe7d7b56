namespace ChatService.Cli.Interactive.Commands;

/// <summary>What happens when a line begins with a slash and this name.</summary>
/// <param name="name">Without the slash.</param>
/// <param name="arguments">As /help shows them: "@x admin".</param>
/// <param name="description">A few words for /help.</param>
internal abstract class SlashCommand(string name, string arguments, string description)
{
    public string Name => name;

    public string Usage => arguments.Length == 0 ? $"/{name}" : $"/{name} {arguments}";

    public string Description => description;

    /// <summary>Runs beside the keyboard, one command at a time. A <see cref="CliException"/> or <see cref="Client.ChatException"/> becomes a line on the screen.</summary>
    /// <param name="arguments">What follows the name, trimmed.</param>
    public abstract Task RunAsync(ChatContext chat, string arguments, CancellationToken ct);

    /// <summary>Exactly so many words.</summary>
    protected string[] Words(string arguments, int count)
    {
        var words = arguments.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == count ? words : throw Misused();
    }

    /// <summary>A message's number, where one stands first, and what follows it.</summary>
    internal static (int? Number, string Others) WithNumber(string arguments)
    {
        var parts = arguments.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length > 0 && int.TryParse(parts[0].TrimStart('#'), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (number, parts.ElementAtOrDefault(1) ?? "")
            : (null, arguments.Trim());
    }

    /// <summary>Everything, which must not be nothing.</summary>
    protected string Text(string arguments) => arguments.Length > 0 ? arguments : throw Misused();

    protected CliException Misused() => new($"Write it as {Usage} ({description}).", ExitCode.Usage);
}
