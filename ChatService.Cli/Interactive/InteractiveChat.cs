using ChatService.Cli.Assistant;
using ChatService.Cli.Interactive.Commands;
using ChatService.Cli.Output;
using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Client.Conversations;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Messages;
using ChatService.Client.Receipts;

namespace ChatService.Cli.Interactive;

/// <summary>A conversation in a terminal: history, then what its members write, and commands behind a slash, until Ctrl+D or Ctrl+C.</summary>
internal sealed class InteractiveChat
{
    private const string NoMember = "You are no longer a member of this group: what was said stays here to read. /quit ends the chat.";
    private static readonly TimeSpan TypingEvery = TimeSpan.FromSeconds(3);

    private readonly ChatClient _client;
    private readonly CurrentConversation _conversation;
    private readonly ChatScreen _screen;
    private readonly LiveStatus _status;
    private readonly MessageLog _messages;
    private readonly CommandQueue _commands;
    private readonly Surroundings _surroundings;
    private readonly AssistantDialog _assistant;
    private DateTime _toldTyping;

    private InteractiveChat(ChatClient client, Conversation conversation, AssistantConsent consent, CancellationTokenSource end)
    {
        (_client, _conversation) = (client, new(client, conversation));
        _screen = new(Console.Out, colors: Environment.GetEnvironmentVariable("NO_COLOR") is null or "");
        _status = new(new StatusLine { Title = Title(conversation) }, _screen);
        _messages = new(client, _conversation, _screen, _status);
        _surroundings = new(client, _conversation, _screen, _status);
        _commands = new(new ChatContext(client, _conversation, _screen, _messages, _status, end.Cancel));
        _assistant = new(client, _conversation, _screen, consent);
    }

    private Guid Id => _conversation.Now.Id;

    public static async Task<int> RunAsync(ChatClient client, Conversation conversation, int history, AssistantConsent consent, CancellationToken ct)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var chat = new InteractiveChat(client, conversation, consent, end);
        try
        {
            var seen = await chat.ShowHistoryAsync(history, ct);
            chat.Subscribe();
            Task[] beside = [chat.ShowIncomingAsync(seen, end.Token), chat._commands.RunAsync(end.Token), chat._conversation.FollowAsync(end.Token), chat._surroundings.RunAsync(end.Token)];
            await chat.ReadKeysAsync(end.Token);
            await end.CancelAsync();
            await Task.WhenAll(beside);
            ct.ThrowIfCancellationRequested();
            return ExitCode.Done;
        }
        finally
        {
            chat._screen.Close();
        }
    }

    private async Task<long> ShowHistoryAsync(int count, CancellationToken ct)
    {
        _screen.Print(_screen.Dim("Enter sends, /help shows what else there is, Ctrl+D ends."));
        var history = await _client.HistoryAsync(Id, limit: Math.Max(count, 1), ct: ct);
        foreach (var message in count > 0 ? history : [])
            _messages.Show(message);
        foreach (var pending in await _client.PendingAsync(Id, ct))
            _messages.Show(pending);
        if (history.LastOrDefault(message => !message.IsOwn) is { } last)
            await _client.MarkReadAsync(last, ct);
        return history.Count > 0 ? history[^1].Sequence ?? 0 : 0;
    }

    private void Subscribe()
    {
        _client.Events.ConnectionChanged += state => _status.Update(line => line.Connection = state);
        _client.Events.ReceiptsMoved += progress => Moved(progress);
        _client.Events.OwnMessageChanged += message => Changed(message);
        _client.Events.MessageChanged += Disappeared;
        _client.Events.DeviceChanged += (id, change) => Announce(id, change);
        _assistant.Subscribe();
        _client.Events.ConversationLeft += id => Left(id);
        _conversation.Changed += newer => _status.Update(line => line.Title = Title(newer));
        _status.Update(line => line.Connection = _client.State);
    }

    private async Task ShowIncomingAsync(long after, CancellationToken ct)
    {
        try
        {
            await foreach (var message in _client.Messages(ct))
            {
                if (message.ConversationId != Id || (message.Sequence <= after && !message.IsLate))
                    continue;
                if (message.Content is SystemContent)
                    await _conversation.ReadAsync(ct);
                _assistant.Arrived(message);
                _messages.Show(message);
                if (!message.IsOwn)
                    await _client.MarkReadAsync(message, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The conversation was left.
        }
    }

    private async Task ReadKeysAsync(CancellationToken ct)
    {
        // Ctrl+C stays a signal; ReadKey cannot be cancelled, so it is only called when there is a key.
        while (!ct.IsCancellationRequested)
        {
            if (!Console.KeyAvailable)
            {
                await Task.Delay(15, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                continue;
            }

            var key = Console.ReadKey(intercept: true);
            if (key is { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } && _screen.IsInputEmpty)
                return;
            if (key.Key == ConsoleKey.Enter)
                await EnterAsync(_screen.TakeInput(), ct);
            else if (key.Key == ConsoleKey.Escape)
                _assistant.Stop();
            else
                await PressAsync(key, ct);
        }
    }

    private async Task PressAsync(ConsoleKeyInfo key, CancellationToken ct)
    {
        _screen.Press(key);
        if (DateTime.UtcNow - _toldTyping < TypingEvery || _client.State != ConnectionState.Connected)
            return;
        _toldTyping = DateTime.UtcNow;
        try
        {
            await _client.SetTypingAsync(Id, true, ct);
        }
        catch (ChatException)
        {
            // A hint, no more.
        }
    }

    private async Task EnterAsync(string line, CancellationToken ct)
    {
        if (line.Trim().Length == 0)
            return;
        if (SlashCommands.IsCommand(line))
        {
            _screen.Print(_screen.Dim(TerminalText.OneLine(line)));
            _commands.Add(line);
            return;
        }

        if (!_conversation.Now.IsMember)
        {
            _screen.Print(_screen.Bold(NoMember));
            return;
        }

        if (await _assistant.TakeAsync(SlashCommands.Text(line), ct) is not { } content)
            return;
        var message = await _client.QueueAsync(Id, content, ct);
        if (content is AssistantPromptContent)
            _assistant.Asked(message.Id);
        _toldTyping = default;
        _status.Update(line => line.Queued(message));
        _messages.Show(message);
    }

    private void Moved(ReceiptProgress progress)
    {
        if (progress.ConversationId == Id)
            _status.Update(line => line.Moved(progress));
    }

    private void Changed(ChatMessage message)
    {
        if (message.ConversationId != Id)
            return;
        _status.Update(line => line.Changed(message));
        if (message.State == MessageState.Failed)
            _screen.Print(_screen.Bold($"Not sent: {TerminalText.OneLine(message.Error?.Message ?? "unknown reason")}"));
    }

    /// <summary>What the terminal has scrolled by is the terminal's own.</summary>
    private void Disappeared(MessageChange change)
    {
        if (change.Kind == MessageChangeKind.Disappeared && change.ConversationId == Id && _messages.NumberOf(change.MessageId) is { } number)
            _screen.Print(_screen.Dim($"    (message {number} has disappeared)"));
    }

    private void Announce(Guid? conversationId, DeviceChange change)
    {
        // Of this user's own devices there is more to say, and Surroundings says it.
        if (conversationId != Id || change.UserId == _client.Me.Id)
            return;
        var who = _conversation.Now.Known(change.UserId)?.Handle is { } handle ? "@" + handle : "someone";
        var what = change.Kind switch
        {
            DeviceChangeKind.Added => "has a new device",
            DeviceChangeKind.Removed => "removed a device",
            DeviceChangeKind.Returned => "has an earlier device back",
            _ => "has a device whose identity changed: compare safety numbers",
        };
        _screen.Print(_screen.Dim(TerminalText.OneLine($"({who} {what})")));
    }

    private void Left(Guid conversationId)
    {
        if (conversationId == Id)
            _screen.Print(_screen.Bold(NoMember));
    }

    private string Title(Conversation conversation) =>
        conversation.Other is { } other ? $"@{_client.Me.Handle} with @{other.Handle}" : $"@{_client.Me.Handle} in {TerminalText.OneLine(conversation.Title)}";
}
