namespace ChatService.Worker.Assistant;

/// <summary>Which worker is the assistant at the moment.</summary>
internal sealed class AssistantLeaseRow
{
    public required string Name { get; init; }

    public required Guid Holder { get; set; }

    /// <summary>One more with each holder: who comes with an older one has been replaced.</summary>
    public required long Fence { get; set; }

    public required DateTime ExpiresAt { get; set; }
}
