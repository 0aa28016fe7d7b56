using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using ChatService.Worker.Assistant;
using ChatService.Worker.Upkeep;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Tests.Telemetry;

public sealed class WorkerFiguresTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _figures = new();

    public WorkerFiguresTests()
    {
        var factory = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Other tests of this process have meters of the same names.
            if (instrument.Meter.Scope == factory)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>(Note);
        _listener.SetMeasurementEventCallback<long>(Note);
        _listener.SetMeasurementEventCallback<double>(Note);
        _listener.Start();
    }

    private IMeterFactory Meters => _services.GetRequiredService<IMeterFactory>();

    [Fact]
    public void Each_job_tells_when_it_ran_when_it_is_due_and_how_often_it_failed_in_a_row()
    {
        using var metrics = new UpkeepMetrics(Meters);
        var at = DateTimeOffset.FromUnixTimeSeconds(2_000_000_000);
        metrics.Know([new UpkeepStatus("server-keys", at, at.AddHours(6), Failures: 2)]);
        metrics.Ran("server-keys", succeeded: false, 0, TimeSpan.FromSeconds(1.5));

        _listener.RecordObservableInstruments();

        Assert.Equal(
            [
                "chat.upkeep.duration{job=server-keys} 1.5 s", "chat.upkeep.failures{job=server-keys} 2 {run}", "chat.upkeep.items{job=server-keys} 0 {item}",
                "chat.upkeep.last_run{job=server-keys} 2000000000 s", "chat.upkeep.next_run{job=server-keys} 2000021600 s",
                "chat.upkeep.runs{job=server-keys,result=failed} 1 {run}",
            ],
            _figures.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_assistant_tells_tokens_times_and_cost_and_not_a_word()
    {
        using var metrics = new AssistantMetrics(Meters);
        metrics.Began(TimeSpan.FromSeconds(0.25));
        metrics.Used(input: 3_000, output: 500, new AssistantOptions { InputPrice = 2, OutputPrice = 8 });
        metrics.Ended(TimeSpan.FromSeconds(2));
        metrics.Answered("answered");
        metrics.SessionBegan();

        _listener.RecordObservableInstruments();

        Assert.Equal(
            [
                "chat.ai.answers{outcome=answered} 1 {answer}", "chat.ai.cost{} 0.01 {USD}", "chat.ai.duration{} 2 s", "chat.ai.first_token.duration{} 0.25 s",
                "chat.ai.session{} 1 {session}", "chat.ai.tokens{direction=input} 3000 {token}", "chat.ai.tokens{direction=output} 500 {token}",
            ],
            _figures.Order(StringComparer.Ordinal));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _services.Dispose();
    }

    private void Note<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
        where T : IFormattable =>
        _figures.Enqueue($"{instrument.Name}{{{string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}}} {value.ToString(null, System.Globalization.CultureInfo.InvariantCulture)} {instrument.Unit}");
}
