using ChatService.Client.Api;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Conversations;

/// <summary>Keeps the store's conversations as the server has them, and opens new ones.</summary>
internal sealed class ConversationDirectory(IChatStore store, ChatApi api, Guid me, ChatEvents events)
{
    public async Task<IReadOnlyList<Conversation>> ListAsync(CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        var conversations = await ConversationStore.ListAsync(transaction, ct);
        return [.. conversations.OrderByDescending(details => details.LastActivityAt).Select(details => new Conversation(details, me))];
    }

    public async Task<Conversation?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await ConversationStore.FindAsync(transaction, id, ct) is { } details ? new Conversation(details, me) : null;
    }

    public async Task<Conversation?> FindDirectAsync(string handle, CancellationToken ct) =>
        (await ListAsync(ct)).FirstOrDefault(conversation => conversation.Other?.Handle == handle);

    public async Task<Conversation> OpenDirectAsync(string handle, CancellationToken ct)
    {
        if (await FindDirectAsync(handle, ct) is { } known)
            return known;
        var user = await api.UserAsync(handle, ct);
        return await CreateAsync(new(Guid.CreateVersion7(), ConversationType.Direct, [user.Id]), ct);
    }

    public async Task<Conversation> CreateAsync(CreateConversationRequest request, CancellationToken ct)
    {
        var details = await api.CreateConversationAsync(request, ct);
        await SaveAsync(details, ct);
        return new(details, me);
    }

    public async Task RefreshAllAsync(CancellationToken ct)
    {
        var current = await api.ConversationsAsync(ct);
        await using var transaction = await store.BeginAsync(ct);
        foreach (var details in current)
            await ConversationStore.SaveAsync(transaction, details, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>One conversation as it is now; false when this user is no member (any more).</summary>
    public async Task<bool> RefreshAsync(Guid id, CancellationToken ct)
    {
        try
        {
            await SaveAsync(await api.ConversationAsync(id, ct), ct);
            return true;
        }
        catch (ChatException e) when (e.Code == ErrorCodes.NotFound)
        {
            return false;
        }
    }

    public async Task SaveAsync(ConversationDetails details, CancellationToken ct)
    {
        await using (var transaction = await store.BeginAsync(ct))
        {
            await ConversationStore.SaveAsync(transaction, details, ct);
            await transaction.CommitAsync(ct);
        }

        events.RaiseConversationChanged(details.Id);
    }
}
