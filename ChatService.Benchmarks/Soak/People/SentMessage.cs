using System.Diagnostics;

namespace ChatService.Benchmarks.Soak.People;

/// <summary>One line of the ledger: what somebody said, and what the server answered.</summary>
/// <param name="Text">Different for every message of a run.</param>
internal sealed class SentMessage(SoakClient sender, Guid conversationId, string text)
{
    private readonly long _startedAt = Stopwatch.GetTimestamp();

    public SoakClient Sender => sender;

    public Guid ConversationId => conversationId;

    public string Text => text;

    /// <summary>Null while it is not acknowledged.</summary>
    public Guid? Id { get; private set; }

    public long Sequence { get; private set; }

    /// <summary>A timestamp of <see cref="Stopwatch"/>.</summary>
    public long AcknowledgedAt { get; private set; }

    public TimeSpan Took => Stopwatch.GetElapsedTime(_startedAt, AcknowledgedAt);

    /// <summary>The code of a refusal for good.</summary>
    public string? Error { get; set; }

    public void Acknowledged(Guid id, long sequence) => (AcknowledgedAt, Sequence, Id) = (Stopwatch.GetTimestamp(), sequence, id);
}
