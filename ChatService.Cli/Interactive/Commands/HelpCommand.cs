namespace ChatService.Cli.Interactive.Commands;

internal sealed class HelpCommand() : SlashCommand("help", "", "show what can follow a slash")
{
    public override Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var width = SlashCommands.All.Max(command => command.Usage.Length);
        chat.Say("Without the number [n] of a message, the last one that fits is meant.");
        chat.Say(string.Join('\n', SlashCommands.All.Select(command => $"  {command.Usage.PadRight(width)}  {command.Description}")));
        return Task.CompletedTask;
    }
}
