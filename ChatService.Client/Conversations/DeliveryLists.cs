using System.Collections.Concurrent;
using ChatService.Client.Api;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Conversations;

/// <summary>
/// For which devices a conversation's messages are sealed, remembered until something says that they changed. A list that is
/// stale after all costs one refusal. Each list that is fetched is compared with the pinned identities (protocol section 6).
/// </summary>
internal sealed class DeliveryLists(IChatStore store, ChatApi api, PinnedDevices pins, Guid ownDevice, ChatEvents events)
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

    public async Task<DeliveryList> GetAsync(Guid conversationId, CancellationToken ct)
    {
        if (_lists.TryGetValue(conversationId, out var known))
            return known;
        var list = await api.DeliveryListAsync(conversationId, ownDevice, ct);
        await PinAsync(list, ct);
        _lists[conversationId] = list;
        return list;
    }

    private async Task PinAsync(DeliveryList list, CancellationToken ct)
    {
        List<DeviceChange> changes = [];
        await using (var transaction = await store.BeginAsync(ct))
        {
            foreach (var (userId, devices) in await DevicesByMemberAsync(transaction, list, ct))
            {
                var isFirstContact = (await PinnedDevices.ListAsync(transaction, userId, ct)).Count == 0;
                var differences = await pins.UpdateAsync(transaction, userId, devices, ct);
                if (!isFirstContact)
                    changes.AddRange(differences);
            }

            await transaction.CommitAsync(ct);
        }

        foreach (var change in changes)
            events.RaiseDeviceChanged(list.ConversationId, change);
    }

    /// <summary>Members without any device left are in it too: that is a change.</summary>
    private static async Task<Dictionary<Guid, List<ListedDevice>>> DevicesByMemberAsync(
        IChatTransaction transaction, DeliveryList list, CancellationToken ct)
    {
        var byMember = list.Devices
            .GroupBy(device => device.UserId)
            .ToDictionary(group => group.Key, group => group
                .Select(device => new ListedDevice(device.DeviceId, DeviceIdentity.FromPublicKey(Convert.FromBase64String(device.IdentityPublicKey))))
                .ToList());
        if (await ConversationStore.FindAsync(transaction, list.ConversationId, ct) is { } details)
        {
            foreach (var member in details.Participants)
                byMember.TryAdd(member.UserId, []);
        }

        return byMember;
    }
}
