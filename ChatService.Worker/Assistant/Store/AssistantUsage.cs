namespace ChatService.Worker.Assistant;

/// <summary>What a user, or a conversation, has asked of the assistant in this minute and on this day (UTC).</summary>
internal sealed class AssistantUsage
{
    public required Guid ScopeId { get; init; }

    public required DateTime Minute { get; set; }

    public required int Requests { get; set; }

    public required DateOnly Day { get; set; }

    public required long Tokens { get; set; }
}
