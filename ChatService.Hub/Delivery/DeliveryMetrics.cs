using System.Diagnostics.Metrics;
using ChatService.Hub.Messages;

namespace ChatService.Hub.Delivery;

/// <summary>What was not delivered live, and why.</summary>
public sealed class DeliveryMetrics
{
    private readonly Counter<long> _leftOut;
    private readonly Counter<long> _behind;
    private readonly Counter<long> _cut;

    public DeliveryMetrics(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MessageMetrics.Name);
        _leftOut = meter.CreateCounter<long>("chat.deliveries.left_out", "{call}", "Calls that a connection did not take in time.");
        _behind = meter.CreateCounter<long>("chat.connections.behind", "{event}", "Connections told to catch up because messages were left out.");
        _cut = meter.CreateCounter<long>("chat.connections.cut", "{connection}", "Connections ended because they took nothing.");
    }

    public void LeftOut(int calls) => _leftOut.Add(calls);

    public void FellBehind() => _behind.Add(1);

    public void Cut() => _cut.Add(1);
}
