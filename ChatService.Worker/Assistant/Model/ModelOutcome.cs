namespace ChatService.Worker.Assistant;

/// <summary>How a call of the model ended.</summary>
/// <param name="Text">What it wrote, perhaps nothing.</param>
/// <param name="Failure">Null: it came to its end.</param>
/// <param name="InputTokens">As the provider counts, or null when it did not say.</param>
internal sealed record ModelOutcome(string Text, ModelFailure? Failure, int? InputTokens, int? OutputTokens)
{
    /// <summary>Records print their members; a text is not for logs.</summary>
    public override string ToString() => $"{nameof(ModelOutcome)} {Failure?.Kind}";
}
