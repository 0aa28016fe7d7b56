using ChatService.Client;
using ChatService.Client.Conversations;

namespace ChatService.Cli.Interactive;

/// <summary>The conversation as it is now.</summary>
internal sealed class CurrentConversation
{
    private readonly ChatClient _client;
    private readonly Lock _turn = new();
    private Conversation _now;

    public CurrentConversation(ChatClient client, Conversation start)
    {
        (_client, _now) = (client, start);
    }

    public event Action<Conversation>? Changed;

    public Conversation Now
    {
        get
        {
            lock (_turn)
                return _now;
        }
    }

    public void Set(Conversation newer)
    {
        lock (_turn)
            _now = newer;

        Changed?.Invoke(newer);
    }

    /// <summary>Reads it anew from the device's store.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        if (await _client.FindConversationAsync(Now.Id, ct) is { } newer)
            Set(newer);
    }

    /// <summary>Reads it anew whenever the client says that it changed, or was left.</summary>
    public async Task FollowAsync(CancellationToken ct)
    {
        using var news = new SemaphoreSlim(0);
        void Tell(Guid id)
        {
            if (id == Now.Id)
                news.Release();
        }

        _client.Events.ConversationChanged += Tell;
        _client.Events.ConversationLeft += Tell;
        try
        {
            while (true)
            {
                await news.WaitAsync(ct);
                await ReadAsync(ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The chat has ended.
        }
        finally
        {
            _client.Events.ConversationChanged -= Tell;
            _client.Events.ConversationLeft -= Tell;
        }
    }
}
