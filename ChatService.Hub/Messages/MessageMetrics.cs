using System.Diagnostics;
using System.Diagnostics.Metrics;
using ChatService.Hub.Realtime;

namespace ChatService.Hub.Messages;

/// <summary>The figures of the message path.</summary>
public sealed class MessageMetrics : IDisposable
{
    public const string Name = "ChatService.Hub";

    private readonly Meter _meter;
    private readonly Counter<long> _sent;
    private readonly Histogram<int> _size;
    private readonly Histogram<int> _batch;
    private readonly Histogram<double> _duration;

    public MessageMetrics(IMeterFactory meters, LocalConnections connections)
    {
        ArgumentNullException.ThrowIfNull(meters);
        ArgumentNullException.ThrowIfNull(connections);
        _meter = meters.Create(Name);
        _sent = _meter.CreateCounter<long>("chat.messages.sent", "{message}", "Messages committed.");
        _size = _meter.CreateHistogram<int>("chat.message.size", "By", "Bytes of a committed envelope.");
        _batch = _meter.CreateHistogram<int>("chat.message.commit.size", "{message}", "Messages in one transaction.");
        _duration = _meter.CreateHistogram<double>("chat.message.commit.duration", "s", "Time of one transaction.");
        _meter.CreateObservableGauge("chat.connections", () => connections.Count, "{connection}", "Live connections of this hub.");
    }

    public void Sent(int bytes)
    {
        _sent.Add(1);
        _size.Record(bytes);
    }

    public CommitTimer MeasureCommit(int messages)
    {
        _batch.Record(messages);
        return new CommitTimer(_duration, Stopwatch.GetTimestamp());
    }

    public void Dispose() => _meter.Dispose();

    public readonly struct CommitTimer(Histogram<double> duration, long started) : IDisposable
    {
        public void Dispose() => duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
