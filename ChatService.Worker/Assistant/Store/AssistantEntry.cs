namespace ChatService.Worker.Assistant;

/// <summary>A value of the assistant's store. Table and key are names, ids and numbers; the value is sealed.</summary>
internal sealed class AssistantEntry
{
    public required string Table { get; init; }

    public required string Key { get; init; }

    public required byte[] Value { get; set; }
}
