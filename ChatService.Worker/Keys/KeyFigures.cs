using System.Diagnostics.Metrics;
using ChatService.Core.Keys;
using ChatService.Core.Storage;
using ChatService.Worker.Upkeep;

namespace ChatService.Worker.Keys;

/// <summary>How the pools of one-time prekeys are filled, over all devices: no figure is anyone's in particular.</summary>
internal sealed class KeyFigures : IDisposable
{
    /// <summary>Counted by one worker at a time, the last count of another must not stand beside it for long.</summary>
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(11);

    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _time;
    private readonly Meter _meter;
    private volatile Counted? _last;

    public KeyFigures(IMeterFactory meters, IServiceScopeFactory scopes, TimeProvider time)
    {
        (_scopes, _time) = (scopes, time);
        _meter = meters.Create(UpkeepMetrics.Name);
        _meter.CreateObservableGauge(
            "chat.prekeys.remaining",
            () => Read(figures => [Of(figures.Fewest, "quantile", "0"), Of(figures.FewestOfMost, "quantile", "0.05"), Of(figures.Median, "quantile", "0.5")]),
            "{key}",
            "One-time prekeys that a device has left: the fewest, all but one in twenty, half of them have at least.");
        _meter.CreateObservableGauge(
            "chat.prekeys.devices",
            () => Read(figures =>
            [
                Of(figures.Empty, "pool", "empty"), Of(figures.Low, "pool", "low"),
                Of(figures.Devices - figures.Empty - figures.Low, "pool", "enough"),
            ]),
            "{device}",
            "Devices by how their pool of one-time prekeys is filled.");
        _meter.CreateObservableGauge(
            "chat.prekeys.overdue", () => Read(figures => [new(figures.Overdue)]), "{device}", "Devices whose signed prekey is older than 30 days.");
    }

    public async Task<int> CountAsync(DateTime now, CancellationToken cancellationToken)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var figures = await PreKeyFigures.CountAsync(scope.ServiceProvider.GetRequiredService<ChatDbContext>(), now, cancellationToken);
        _last = new(figures, _time.GetUtcNow());
        return 0;
    }

    public void Dispose() => _meter.Dispose();

    private Measurement<int>[] Read(Func<PreKeyFigures, Measurement<int>[]> read) =>
        _last is { } last && _time.GetUtcNow() - last.At < s_fresh ? read(last.Figures) : [];

    private static Measurement<int> Of(int value, string tag, string of) => new(value, new KeyValuePair<string, object?>(tag, of));

    private sealed record Counted(PreKeyFigures Figures, DateTimeOffset At);
}
