using ChatService.Client.Connection;
using ChatService.Client.Messages;
using ChatService.Client.Receipts;

namespace ChatService.Cli.Interactive;

/// <summary>The connection, who is typing, and how far the last own message has come.</summary>
internal sealed class StatusLine
{
    private readonly HashSet<Guid> _pending = [];
    private long _lastSequence;
    private ReceiptProgress? _progress;

    public required string Title { get; set; }

    public ConnectionState Connection { get; set; } = ConnectionState.Connected;

    public bool OtherIsTyping { get; set; }

    public void Queued(ChatMessage message) => _pending.Add(message.Id);

    public void Changed(ChatMessage message)
    {
        _pending.Remove(message.Id);
        if (message.Sequence is { } sequence)
            _lastSequence = Math.Max(_lastSequence, sequence);
    }

    public void Moved(ReceiptProgress progress) => _progress = progress;

    public void Seen(ChatMessage own)
    {
        _lastSequence = Math.Max(_lastSequence, own.Sequence ?? 0);
        if (own.State is MessageState.Delivered or MessageState.Read)
            _progress = new(own.ConversationId, own.Sequence ?? 0, own.State == MessageState.Read ? own.Sequence ?? 0 : _progress?.ReadThrough ?? 0);
    }

    public override string ToString()
    {
        var parts = new List<string> { Title };
        if (Connection != ConnectionState.Connected)
            parts.Add(Connection == ConnectionState.Reconnecting ? "reconnecting …" : Connection == ConnectionState.Connecting ? "connecting …" : "disconnected");
        if (OtherIsTyping)
            parts.Add("typing …");
        if (_pending.Count > 0)
            parts.Add($"sending {_pending.Count} …");
        else if (_lastSequence > 0)
            parts.Add(_lastSequence <= _progress?.ReadThrough ? "read ✓✓" : _lastSequence <= _progress?.DeliveredThrough ? "delivered ✓✓" : "sent ✓");
        return "── " + string.Join(" · ", parts) + " ──";
    }
}
