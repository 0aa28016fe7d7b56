using System.Diagnostics.Metrics;

namespace ChatService.Worker.Upkeep;

/// <summary>What the jobs did in this process, and the state of all of them in the cluster.</summary>
internal sealed class UpkeepMetrics : IDisposable
{
    public const string Name = "ChatService.Worker";

    private readonly Meter _meter;
    private readonly Counter<long> _runs;
    private readonly Counter<long> _items;
    private readonly Histogram<double> _duration;
    private volatile IReadOnlyList<UpkeepStatus> _statuses = [];

    public UpkeepMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _runs = _meter.CreateCounter<long>("chat.upkeep.runs", "{run}", "Runs of a job that ended in this worker, by result.");
        _items = _meter.CreateCounter<long>("chat.upkeep.items", "{item}", "What a job found to do: rows deleted, devices asked, keys made.");
        _duration = _meter.CreateHistogram<double>("chat.upkeep.duration", "s", "Time of a run.");
        _meter.CreateObservableGauge(
            "chat.upkeep.last_run", () => Of(status => status.LastRun), "s", "When a job last ran anywhere, in seconds since 1970.");
        _meter.CreateObservableGauge(
            "chat.upkeep.next_run", () => Of(status => status.NextRun), "s", "When a job is due next, in seconds since 1970.");
        _meter.CreateObservableGauge(
            "chat.upkeep.failures", () => _statuses.Select(status => Tagged(status, (long)status.Failures)), "{run}", "How many of a job's last runs failed in a row.");
    }

    public void Ran(string job, bool succeeded, int items, TimeSpan duration)
    {
        KeyValuePair<string, object?> name = new("job", job);
        _runs.Add(1, name, new("result", succeeded ? "succeeded" : "failed"));
        _items.Add(items, name);
        _duration.Record(duration.TotalSeconds, name);
    }

    public void Know(IReadOnlyList<UpkeepStatus> statuses) => _statuses = statuses;

    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> Of(Func<UpkeepStatus, DateTimeOffset?> moment) =>
        from status in _statuses
        let at = moment(status)
        where at is not null
        select Tagged(status, at.Value.ToUnixTimeSeconds());

    private static Measurement<long> Tagged(UpkeepStatus status, long value) => new(value, new KeyValuePair<string, object?>("job", status.Job));
}
