namespace ChatService.Client.Messages;

/// <summary>Tells an application what edits, deletions and reactions have done, once they are stored.</summary>
internal sealed class MessageChanges(MessageReader reader, ChatEvents events)
{
    public Task AnnounceAsync(StoredMessage amendment, CancellationToken ct) => AnnounceAsync(reader.Show(amendment, null), ct);

    public async Task AnnounceAsync(ChatMessage amendment, CancellationToken ct)
    {
        if (await reader.ChangeAsync(amendment, ct) is { } change)
            events.RaiseMessageChanged(change);
    }
}
