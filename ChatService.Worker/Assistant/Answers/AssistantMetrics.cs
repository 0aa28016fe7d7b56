using System.Diagnostics.Metrics;

namespace ChatService.Worker.Assistant;

/// <summary>How much is asked and what it costs; never what.</summary>
internal sealed class AssistantMetrics : IDisposable
{
    public const string Name = "ChatService.Worker.Assistant";

    private readonly Meter _meter;
    private readonly Counter<long> _answers;
    private readonly Counter<long> _tokens;
    private readonly Counter<double> _cost;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _duration;
    private int _sessions;

    public AssistantMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(Name);
        _answers = _meter.CreateCounter<long>("chat.ai.answers", "{answer}", "Prompts that were dealt with, by outcome.");
        _tokens = _meter.CreateCounter<long>("chat.ai.tokens", "{token}", "Tokens that went to the model and came from it.");
        _cost = _meter.CreateCounter<double>("chat.ai.cost", "{USD}", "What the tokens cost, at the configured prices.");
        _firstToken = _meter.CreateHistogram<double>("chat.ai.first_token.duration", "s", "From asking the model to its first text.");
        _duration = _meter.CreateHistogram<double>("chat.ai.duration", "s", "From asking the model to the end of its answer.");
        _meter.CreateObservableGauge("chat.ai.session", () => _sessions, "{session}", "1 where the assistant lives at the moment.");
    }

    public void Answered(string outcome) => _answers.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Used(int input, int output, AssistantOptions prices)
    {
        _tokens.Add(input, new KeyValuePair<string, object?>("direction", "input"));
        _tokens.Add(output, new KeyValuePair<string, object?>("direction", "output"));
        _cost.Add(((input * prices.InputPrice) + (output * prices.OutputPrice)) / 1_000_000);
    }

    public void Began(TimeSpan after) => _firstToken.Record(after.TotalSeconds);

    public void Ended(TimeSpan after) => _duration.Record(after.TotalSeconds);

    public void SessionBegan() => Interlocked.Increment(ref _sessions);

    public void SessionEnded() => Interlocked.Decrement(ref _sessions);

    public void Dispose() => _meter.Dispose();
}
