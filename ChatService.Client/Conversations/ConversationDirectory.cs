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
        List<Conversation> shown = [];
        foreach (var details in conversations.OrderByDescending(details => details.LastActivityAt))
            shown.Add(await ShowAsync(transaction, details, ct));
        return shown;
    }

    public async Task<Conversation?> FindAsync(Guid id, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await ConversationStore.FindAsync(transaction, id, ct) is { } details ? await ShowAsync(transaction, details, ct) : null;
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
        return await SaveAsync(details, ct);
    }

    public async Task RefreshAllAsync(CancellationToken ct)
    {
        HashSet<Guid> before = [.. (await ListAsync(ct)).Select(conversation => conversation.Id)];
        var current = await api.ConversationsAsync(ct);
        await using var transaction = await store.BeginAsync(ct);
        foreach (var details in current)
        {
            // One that was left and forgotten meanwhile stays so.
            if (!before.Contains(details.Id) || await ConversationStore.IsKnownAsync(transaction, details.Id, ct))
                await ConversationStore.SaveAsync(transaction, details, ct);
        }

        List<Guid> left = [];
        foreach (var gone in (await ConversationStore.ListAsync(transaction, ct)).ExceptBy(current.Select(details => details.Id), details => details.Id))
        {
            // One that was made meanwhile is not in the answer, and is not gone.
            if (before.Contains(gone.Id) && await NoteLeftAsync(transaction, gone, ct))
                left.Add(gone.Id);
        }

        await transaction.CommitAsync(ct);
        left.ForEach(events.RaiseConversationLeft);
    }

    /// <summary>One conversation as it is now; false when this user is no member (any more).</summary>
    public async Task<bool> RefreshAsync(Guid id, CancellationToken ct)
    {
        try
        {
            bool wasKnown;
            do
            {
                wasKnown = await IsKnownAsync(id, ct);
            }
            while (await SaveAsync(await api.ConversationAsync(id, ct), wasKnown, ct) is null);
            return true;
        }
        catch (ChatException e) when (e.Code == ErrorCodes.NotFound)
        {
            await NoteLeftAsync(id, ct);
            return false;
        }
    }

    private async Task<bool> IsKnownAsync(Guid id, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        return await ConversationStore.IsKnownAsync(transaction, id, ct);
    }

    /// <summary>Before something that happened at this sequence is shown: who is named in it is known then. Without the server it is shown all the same.</summary>
    public async Task RefreshForAsync(Guid id, long sequence, CancellationToken ct)
    {
        try
        {
            if (await FindAsync(id, ct) is { } known && known.Details.LastSequence < sequence)
                await RefreshAsync(id, ct);
        }
        catch (ChatException)
        {
            // It is refreshed at the next occasion.
        }
    }

    public async Task<Conversation> SaveAsync(ConversationDetails details, CancellationToken ct) => (await SaveAsync(details, wasKnown: false, ct))!;

    /// <param name="wasKnown">When the server was asked. If it is not any more, it was left and forgotten meanwhile, and only a new answer tells whether it was joined again: null.</param>
    private async Task<Conversation?> SaveAsync(ConversationDetails details, bool wasKnown, CancellationToken ct)
    {
        Conversation saved;
        await using (var transaction = await store.BeginAsync(ct))
        {
            if (wasKnown && !await ConversationStore.IsKnownAsync(transaction, details.Id, ct))
                return null;
            await ConversationStore.SaveAsync(transaction, details, ct);
            saved = await ShowAsync(transaction, details, ct);
            await transaction.CommitAsync(ct);
        }

        events.RaiseConversationChanged(details.Id);
        return saved;
    }

    /// <summary>This user is no member any more.</summary>
    public async Task NoteLeftAsync(Guid id, CancellationToken ct)
    {
        await using (var transaction = await store.BeginAsync(ct))
        {
            if (await ConversationStore.FindAsync(transaction, id, ct) is not { } details || !await NoteLeftAsync(transaction, details, ct))
                return;
            await transaction.CommitAsync(ct);
        }

        events.RaiseConversationLeft(id);
    }

    private async ValueTask<bool> NoteLeftAsync(IChatTransaction transaction, ConversationDetails details, CancellationToken ct)
    {
        if (details.Participants.All(member => member.UserId != me))
            return false;
        // The version is one that it had at the earliest when they went: what is older does not bring them back.
        var without = details with { Participants = [.. details.Participants.Where(member => member.UserId != me)], MembershipVersion = details.MembershipVersion + 1 };
        await ConversationStore.SaveAsync(transaction, without, ct);
        return true;
    }

    private async ValueTask<Conversation> ShowAsync(IChatTransaction transaction, ConversationDetails details, CancellationToken ct) =>
        new(details, me) { Former = await FormerMembers.ListAsync(transaction, details.Id, ct) };
}
