namespace ChatService.Client.Storage;

/// <summary>A store cannot be opened or read; the message says what to do.</summary>
public sealed class ChatStoreException(ChatStoreError error, string message, Exception? inner = null) : Exception(message, inner)
{
    public ChatStoreError Error { get; } = error;
}
