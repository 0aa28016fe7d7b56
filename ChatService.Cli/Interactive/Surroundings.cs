using System.Threading.Channels;
using ChatService.Cli.Output;
using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Client.Conversations;
using ChatService.Contracts;

namespace ChatService.Cli.Interactive;

/// <summary>What goes on around the messages: who is there, who is typing, who has read the last one, and this user's own devices.</summary>
internal sealed class Surroundings
{
    private readonly ChatClient _client;
    private readonly CurrentConversation _conversation;
    private readonly ChatScreen _screen;
    private readonly LiveStatus _status;
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly HashSet<Guid> _typing = [];
    private volatile bool _presenceIsOld = true;

    public Surroundings(ChatClient client, CurrentConversation conversation, ChatScreen screen, LiveStatus status)
    {
        (_client, _conversation, _screen, _status) = (client, conversation, screen, status);
        var events = client.Events;
        events.Typing += Typing;
        events.PresenceChanged += Present;
        events.ReceiptsMoved += _ => Look();
        events.OwnMessageChanged += _ => Look();
        events.ConversationChanged += _ => Look();
        events.ConnectionChanged += Connection;
        events.PrivacySettingsChanged += _ => LookAtPresence(true);
        events.OwnDeviceAdded += device => Notice($"A new device of yours has signed in: '{device.Name}'. If it was not you: /devices remove {device.Id.ToString()[..13]}");
        events.OwnDeviceRemoved += device => Notice($"Your device '{device.Name}' was removed.");
    }

    private Conversation Now => _conversation.Now;

    /// <summary>Asks the client what its events only hint at: their handlers must not wait.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            Look();
            await foreach (var _ in _news.Reader.ReadAllAsync(ct))
            {
                if (_presenceIsOld)
                    await ReadPresenceAsync(ct);
                if (_status.LastSent is { } last && Now.Other is null)
                {
                    var counts = await _client.ReceiptsAsync(last, ct);
                    _status.Update(line => line.Counts = (last.Sequence ?? 0, counts));
                }
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The chat has ended.
        }
    }

    private async Task ReadPresenceAsync(CancellationToken ct)
    {
        _presenceIsOld = false;
        if (Now.Other is not { } other)
            return;
        try
        {
            var presence = (await _client.People.PresenceAsync(ct)).FirstOrDefault(update => update.UserId == other.UserId);
            _status.Update(line => line.Presence = presence is null ? null : PresenceText.Of(presence));
        }
        catch (ChatException)
        {
            // Without a connection nobody is seen; the next one asks again.
        }
    }

    private void Present(PresenceUpdate presence)
    {
        if (presence.UserId == Now.Other?.UserId)
            _status.Update(line => line.Presence = PresenceText.Of(presence));
    }

    private void Typing(Guid conversationId, Guid userId, bool isTyping)
    {
        if (conversationId != Now.Id || userId == _client.Me.Id)
            return;
        _status.Update(line =>
        {
            if (isTyping)
                _typing.Add(userId);
            else
                _typing.Remove(userId);
            line.Typing = _typing.Count == 0 ? null
                : Now.Other is not null ? "typing …"
                : string.Join(", ", _typing.Select(id => Now.Member(id)).OfType<Participant>().Select(member => "@" + member.Handle).Take(3)) + " typing …";
        });
    }

    private void Connection(ConnectionState state)
    {
        LookAtPresence(state == ConnectionState.Connected);
        if (state != ConnectionState.Connected)
            _status.Update(line => line.Presence = null);
        if (state == ConnectionState.Disconnected && _client.Failure is { } failure)
            Notice(failure.Message);
    }

    private void Notice(string text) => _screen.Print(_screen.Bold(TerminalText.OneLine(text)));

    private void LookAtPresence(bool isConnected)
    {
        if (!isConnected)
            return;
        _presenceIsOld = true;
        Look();
    }

    private void Look() => _news.Writer.TryWrite(true);
}
