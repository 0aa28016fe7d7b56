using ChatService.Cli.Output;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class TimerCommand() : SlashCommand("timer", "[30m|1h|7d|off]", "let what is sent from now on disappear after a while")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        if (arguments.Length == 0)
        {
            chat.Say(chat.Conversation.Timer is { } now ? $"Messages disappear {Durations.Of(now)} after they were sent." : "Messages stay.");
            return;
        }

        var timer = arguments == "off" ? (TimeSpan?)null : Durations.Parse(arguments) ?? throw Misused();
        chat.Update(await chat.Client.SetTimerAsync(chat.Conversation, timer, ct));
    }
}
