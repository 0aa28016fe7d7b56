using System.Collections.Concurrent;
using ChatService.Client.Api;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Conversations;

/// <summary>
/// For which devices a conversation's messages are sealed, remembered until something says that they changed. A list that is
/// stale after all costs one refusal. Each list that is fetched is compared with the members and the pinned identities (protocol section 6).
/// </summary>
internal sealed class DeliveryLists(
    IChatStore store, ChatApi api, ConversationDirectory conversations, PinnedDevices pins, Guid me, Guid ownDevice, ChatEvents events)
{
    private readonly ConcurrentDictionary<Guid, DeliveryList> _lists = new();

    public void Drop(Guid conversationId) => _lists.TryRemove(conversationId, out _);

    public void DropAll() => _lists.Clear();

    public void DropUser(Guid userId)
    {
        foreach (var (id, list) in _lists)
        {
            if (list.Devices.Any(device => device.UserId == userId))
                Drop(id);
        }
    }

    /// <exception cref="EncryptionException"><see cref="EncryptionError.UntrustedBundle"/>: a device of somebody who is not a member is on it.</exception>
    public async Task<DeliveryList> GetAsync(Guid conversationId, CancellationToken ct)
    {
        if (_lists.TryGetValue(conversationId, out var known))
            return known;
        var list = await FetchAsync(conversationId, ct);
        await PinAsync(conversationId, list, ct);
        _lists[conversationId] = list;
        return list;
    }

    private async Task<DeliveryList> FetchAsync(Guid conversationId, CancellationToken ct)
    {
        var list = await api.DeliveryListAsync(conversationId, ownDevice, ct);
        if ((await StrangersAsync(conversationId, list, ct)).Count == 0)
            return list;

        // Somebody may just have come or gone: members and devices are both asked for once more.
        await conversations.RefreshAsync(conversationId, ct);
        list = await api.DeliveryListAsync(conversationId, ownDevice, ct);
        var strangers = await StrangersAsync(conversationId, list, ct);
        if (strangers.Count == 0)
            return list;
        const string what = "The server lists devices of somebody who is not a member of this conversation. Nothing was sent; look at who is in it before you try again.";
        throw new EncryptionException(EncryptionError.UntrustedBundle, what) { DeviceIds = strangers };
    }

    private async Task<IReadOnlyList<Guid>> StrangersAsync(Guid conversationId, DeliveryList list, CancellationToken ct)
    {
        await using var transaction = await store.BeginAsync(ct);
        var details = await ConversationStore.FindAsync(transaction, conversationId, ct);
        var members = details?.Participants.Select(member => member.UserId).ToHashSet() ?? [];
        return [.. list.Devices.Where(device => !members.Contains(device.UserId)).Select(device => device.DeviceId)];
    }

    private async Task PinAsync(Guid conversationId, DeliveryList list, CancellationToken ct)
    {
        List<DeviceChange> changes = [];
        await using (var transaction = await store.BeginAsync(ct))
        {
            foreach (var (userId, devices) in await DevicesByMemberAsync(transaction, conversationId, list, ct))
            {
                // Any device of one's own that this one has not seen is worth a look; a contact's first ones are the contact.
                var isFirstContact = userId != me && (await PinnedDevices.ListAsync(transaction, userId, ct)).Count == 0;
                var differences = await pins.UpdateAsync(transaction, userId, devices, ct);
                if (!isFirstContact)
                    changes.AddRange(differences);
            }

            await transaction.CommitAsync(ct);
        }

        foreach (var change in changes)
            events.RaiseDeviceChanged(conversationId, change);
    }

    /// <summary>Members without any device left are in it too: that is a change.</summary>
    private static async Task<Dictionary<Guid, List<ListedDevice>>> DevicesByMemberAsync(
        IChatTransaction transaction, Guid conversationId, DeliveryList list, CancellationToken ct)
    {
        var byMember = list.Devices
            .GroupBy(device => device.UserId)
            .ToDictionary(group => group.Key, group => group
                .Select(device => new ListedDevice(device.DeviceId, DeviceIdentity.FromPublicKey(Convert.FromBase64String(device.IdentityPublicKey))))
                .ToList());
        if (await ConversationStore.FindAsync(transaction, conversationId, ct) is { } details)
        {
            foreach (var member in details.Participants)
                byMember.TryAdd(member.UserId, []);
        }

        return byMember;
    }
}
