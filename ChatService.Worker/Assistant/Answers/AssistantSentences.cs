using System.Globalization;

namespace ChatService.Worker.Assistant;

/// <summary>What the assistant says when there is nothing from the model to say, or not all of it.</summary>
internal static class AssistantSentences
{
    public const string TooLate =
        "I was away when you asked, and that is more than ten minutes ago: I do not answer so late. Ask again if you still want to know.";

    public const string BudgetUncounted = "I cannot look up how much may be asked at the moment, so I do not answer. Ask again in a moment.";

    public const string Unreadable = "I could not open what you sent me: its encryption did not fit. Ask again.";

    public const string SealingAgain = "I could not open what you sent me. Your device is asked to seal it again: I answer as soon as it has.";

    public const string Stopped = "[stopped]";

    public static string NoModel(string problem) =>
        $"I cannot answer: {problem}. An operator sets one with the connection string 'openai', for example Endpoint=https://api.openai.com/v1;Key=…;Model=gpt-4o-mini, and restarts the worker.";

    public static string TooManyRequests(bool isUser, TimeSpan wait) =>
        $"{(isUser ? "You have" : "This conversation has")} asked me as often as is allowed in a minute: ask again in {Seconds(wait)}.";

    public static string TooManyTokens(bool isUser) =>
        $"{(isUser ? "Your" : "This conversation's")} tokens for today are used up: ask again after midnight UTC.";

    /// <summary>The whole of an answer that failed, or the end of one that broke off.</summary>
    public static string Of(ModelFailure failure, string provider, AssistantOptions options) => failure.Kind switch
    {
        ModelFailureKind.KeyRefused => $"{provider} refused the key that I have for it ({failure.Status}): an operator has to correct the connection string 'openai'. Then ask again.",
        ModelFailureKind.UnknownModel => $"{provider} is not found ({failure.Status}): an operator has to correct Endpoint or Model in the connection string 'openai'. Then ask again.",
        ModelFailureKind.TooLong => "What you asked, with our conversation so far, is too long for the model. Ask something shorter, or attach less.",
        ModelFailureKind.Refused => $"{provider} refused the question ({failure.Status}). Ask it in another way.",
        ModelFailureKind.Busy when failure.RetryAfter is { } wait => $"{provider} is busy ({failure.Status}): ask again in {Seconds(wait)}.",
        ModelFailureKind.Busy => $"{provider} is busy or out of order ({failure.Status}): ask again in a moment.",
        ModelFailureKind.Unreachable => $"{provider} cannot be reached: ask again in a moment.",
        ModelFailureKind.Timeout => $"{provider} did not begin to answer within {options.FirstTokenSeconds} s: ask again in a moment.",
        ModelFailureKind.BrokenStream => "[The answer broke off here. Ask again for a whole one.]",
        ModelFailureKind.CutAtLimit => "[The answer was cut here: it is longer than allowed. Ask me to go on.]",
        ModelFailureKind.Filtered => "[The provider's content filter stopped the answer here.]",
        _ => $"{provider} gave an empty answer: ask again, perhaps in other words.",
    };

    private static string Seconds(TimeSpan wait) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))} s");
}
