namespace ChatService.Worker.Assistant;

/// <summary>Why a model gave no answer, or none to the end.</summary>
/// <param name="Status">The HTTP status, where that is what was wrong.</param>
/// <param name="RetryAfter">When the provider says that asking again makes sense.</param>
internal sealed record ModelFailure(ModelFailureKind Kind, int? Status = null, TimeSpan? RetryAfter = null);
