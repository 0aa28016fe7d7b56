using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Contracts;

namespace ChatService.Cli.Interactive;

/// <summary>The conversation as it is now, and everyone who was in it while it was shown: who has gone keeps their name.</summary>
internal sealed class CurrentConversation
{
    private readonly ChatClient _client;
    private readonly Lock _turn = new();
    private readonly Dictionary<Guid, Participant> _known;
    private Conversation _now;

    public CurrentConversation(ChatClient client, Conversation start)
    {
        (_client, _now) = (client, start);
        _known = start.Members.ToDictionary(member => member.UserId);
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
        {
            _now = newer;
            foreach (var member in newer.Members)
                _known[member.UserId] = member;
        }

        Changed?.Invoke(newer);
    }

    /// <summary>Reads it anew from the device's store.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        if (await _client.FindConversationAsync(Now.Id, ct) is { } newer)
            Set(newer);
    }

    /// <summary>Reads it anew whenever the client says that it changed.</summary>
    public async Task FollowAsync(CancellationToken ct)
    {
        using var news = new SemaphoreSlim(0);
        void Tell(Guid id)
        {
            if (id == Now.Id)
                news.Release();
        }

        _client.Events.ConversationChanged += Tell;
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
        }
    }

    /// <summary>With the members who have gone, for the names in what they wrote.</summary>
    public Conversation WithFormerMembers()
    {
        lock (_turn)
            return _now with { Details = _now.Details with { Participants = [.. _known.Values] } };
    }
}
