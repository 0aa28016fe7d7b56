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

    /// <summary>Who is typing, in words; null: nobody.</summary>
    public string? Typing { get; set; }

    /// <summary>Whether the other one is there, in words; null: not known.</summary>
    public string? Presence { get; set; }

    /// <summary>The newest message of this user's that the server has.</summary>
    public ChatMessage? LastSent { get; private set; }

    /// <summary>In a group: how many have the message with this sequence.</summary>
    public (long Sequence, ReceiptCounts Of) Counts { get; set; }

    /// <summary>How far a file has come; null: none is on its way.</summary>
    public string? Transfer { get; set; }

    public void Queued(ChatMessage message) => _pending.Add(message.Id);

    public void Changed(ChatMessage message)
    {
        _pending.Remove(message.Id);
        Sent(message);
    }

    public void Moved(ReceiptProgress progress) => _progress = progress;

    public void Seen(ChatMessage own)
    {
        Sent(own);
        if (own.State is MessageState.Delivered or MessageState.Read)
            _progress = new(own.ConversationId, own.Sequence ?? 0, own.State == MessageState.Read ? own.Sequence ?? 0 : _progress?.ReadThrough ?? 0);
    }

    public override string ToString()
    {
        var parts = new List<string> { Title };
        if (Connection != ConnectionState.Connected)
            parts.Add(Connection == ConnectionState.Reconnecting ? "reconnecting …" : Connection == ConnectionState.Connecting ? "connecting …" : "disconnected");
        if (Presence is not null)
            parts.Add(Presence);
        if (Typing is not null)
            parts.Add(Typing);
        if (Transfer is not null)
            parts.Add(Transfer);
        if (_pending.Count > 0)
            parts.Add($"sending {_pending.Count} …");
        else if (_lastSequence > 0)
            parts.Add(Receipt());
        return "── " + string.Join(" · ", parts) + " ──";
    }

    private string Receipt() =>
        _lastSequence <= _progress?.ReadThrough ? "read ✓✓"
        : Counts is { Of: { Read: > 0 } read } && Counts.Sequence == _lastSequence ? $"read by {read.Read} of {read.Members} ✓✓"
        : _lastSequence <= _progress?.DeliveredThrough ? "delivered ✓✓"
        : Counts is { Of: { Delivered: > 0 } delivered } && Counts.Sequence == _lastSequence ? $"delivered to {delivered.Delivered} of {delivered.Members} ✓"
        : "sent ✓";

    private void Sent(ChatMessage message)
    {
        if (message.Sequence is not { } sequence || sequence < _lastSequence)
            return;
        (_lastSequence, LastSent) = (sequence, message);
    }
}
