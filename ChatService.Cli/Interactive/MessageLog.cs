using ChatService.Cli.Output;
using ChatService.Client;
using ChatService.Client.Messages;

namespace ChatService.Cli.Interactive;

/// <summary>The messages on the screen, each with the number by which commands name it.</summary>
internal sealed class MessageLog(ChatClient client, CurrentConversation conversation, ChatScreen screen, LiveStatus status)
{
    private readonly ShownMessages _shown = new();

    /// <summary>Null: it is not on the screen.</summary>
    public int? NumberOf(Guid messageId) => _shown.NumberOf(messageId);

    /// <summary>How far back somebody's messages are looked for who was blocked.</summary>
    private const int Missed = 100;

    /// <summary>Shows what somebody wrote here while it was hidden.</summary>
    public async Task ShowMissedAsync(Guid senderId, CancellationToken ct)
    {
        foreach (var message in await client.HistoryAsync(conversation.Now.Id, limit: Missed, ct: ct))
        {
            if (message.SenderId == senderId && Said.ByAnyone(message) && NumberOf(message.Id) is null)
                Show(message);
        }
    }

    /// <summary>Shows a message, or in words what it does to an earlier one.</summary>
    public void Show(ChatMessage message)
    {
        var everyone = conversation.Now;
        if (message.Target is { } target)
        {
            ShowAside(MessageText.Time(message), MessageText.Change(message.SenderId, message.Content, everyone, NumberOf(target)));
            return;
        }

        if (message.IsOwn)
            status.Update(line => line.Seen(message));
        if (!Said.ByAnyone(message))
        {
            ShowAside(MessageText.Time(message), MessageText.Of(message, everyone));
            return;
        }

        var number = _shown.Add(message);
        var text = TerminalText.Marked(MessageText.Of(message, everyone, number, _shown.NumberOf(message.ReplyTo)));
        var sender = TerminalText.OneLine(MessageText.Sender(message, everyone));
        var marks = TerminalText.OneLine(MessageText.Marks(message));
        screen.Print($"{screen.Dim($"{number,3} {MessageText.Time(message)}")} {(message.IsOwn ? screen.Bold(sender) : screen.Accent(sender))} {text}{screen.Dim(marks)}{(message.IsLate ? screen.Dim(" (opened late)") : "")}{Failure(message)}");
    }

    /// <summary>What this user just did to a message.</summary>
    public void ShowChange(ChatMessage message, MessageContent change) =>
        ShowAside("     ", MessageText.Change(client.Me.Id, change, conversation.Now, NumberOf(message.Id)));

    /// <summary>The message that a command is about, as it is now: by its number, or the last one that fits.</summary>
    /// <param name="otherwise">What to say when nothing fits.</param>
    /// <exception cref="CliException">There is none, or it has not been sent yet.</exception>
    public async Task<ChatMessage> FindAsync(int? number, Func<ChatMessage, bool> fits, string otherwise, CancellationToken ct)
    {
        foreach (var shown in number is { } given ? [_shown.Find(given)] : _shown.Latest())
        {
            if (number is null && !fits(shown))
                continue;
            var message = await client.FindMessageAsync(shown.ConversationId, shown.Id, ct);
            if (message is not null && (number is not null || fits(message)))
                return message;
            if (message is null && (number is not null || shown.Sequence is null))
                throw new CliException($"Message {NumberOf(shown.Id)} has not been sent yet, or is gone.");
        }

        throw new CliException(otherwise);
    }

    private void ShowAside(string time, string text) => screen.Print(screen.Dim($"    {time} {TerminalText.Marked(text)}"));

    private static string Failure(ChatMessage message) =>
        message.State == MessageState.Failed ? TerminalText.OneLine($" (not sent: {message.Error?.Message})") : "";
}
