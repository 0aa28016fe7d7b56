using System.ComponentModel.DataAnnotations;

namespace ChatService.Worker.Assistant;

/// <summary>The section <c>Assistant</c>.</summary>
public sealed class AssistantOptions
{
    public const string Section = "Assistant";

    /// <summary>32 bytes in base64, this worker's secret: seals the assistant's keys and messages in PostgreSQL. None: no assistant.</summary>
    public string? SealingKey { get; set; }

    /// <summary>Where the hubs are. None: what service discovery says of <c>gateway</c> or <c>hub</c>.</summary>
    public Uri? Server { get; set; }

    /// <summary>How it signs in with an authority of one's own; not needed with the built-in one.</summary>
    public AssistantSignInOptions? SignIn { get; set; }

    /// <summary>What the model is told before anything else, instead of the usual.</summary>
    public string? Instructions { get; set; }

    /// <summary>Answers that are written at the same time, all conversations together.</summary>
    [Range(1, 1000)]
    public int ConcurrentAnswers { get; set; } = 16;

    [Range(16, 100_000)]
    public int MaxOutputTokens { get; set; } = 2_000;

    /// <summary>How long the model has to begin. The hubs' patience is three minutes.</summary>
    [Range(1, 150)]
    public int FirstTokenSeconds { get; set; } = 60;

    /// <summary>How long it may pause once it has begun.</summary>
    [Range(1, 150)]
    public int SilenceSeconds { get; set; } = 30;

    [Range(1, 10_000)]
    public int UserRequestsPerMinute { get; set; } = 10;

    [Range(1, long.MaxValue)]
    public long UserTokensPerDay { get; set; } = 200_000;

    [Range(1, 10_000)]
    public int ConversationRequestsPerMinute { get; set; } = 20;

    [Range(1, long.MaxValue)]
    public long ConversationTokensPerDay { get; set; } = 500_000;

    /// <summary>What a million tokens cost, for the metric <c>chat.ai.cost</c>.</summary>
    [Range(0, 1_000_000)]
    public double InputPrice { get; set; }

    [Range(0, 1_000_000)]
    public double OutputPrice { get; set; }
}
