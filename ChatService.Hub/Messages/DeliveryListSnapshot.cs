using System.Diagnostics.CodeAnalysis;
using ChatService.Contracts;
using ChatService.Core.Errors;

namespace ChatService.Hub.Messages;

/// <summary>Who a conversation's messages are for, at one membership version. Devices are sorted by id.</summary>
public sealed record DeliveryListSnapshot(long MembershipVersion, DeliveryListDevice[] Devices)
{
    /// <summary>Members' devices beyond <see cref="Limits.DevicesPerConversation"/>: the newest, which wait until others go.</summary>
    public Guid[] Waiting { get; init; } = [];

    /// <summary>A direct conversation's users who have blocked the other, or are gone. Then nobody writes.</summary>
    public Guid[] Blockers { get; init; } = [];

    /// <summary>Only a device that is on the list writes. One that has to wait is told so; to all others there is nothing.</summary>
    /// <exception cref="ChatException">limit_reached or not_found.</exception>
    public static DeliveryListSnapshot RequireOn([NotNull] DeliveryListSnapshot? list, Guid deviceId)
    {
        if (list is not null && Array.Exists(list.Devices, device => device.Id == deviceId))
        {
            return list;
        }

        throw list?.Waiting.Contains(deviceId) == true
            ? new ChatException(
                ErrorCodes.LimitReached,
                $"The conversation has {Limits.DevicesPerConversation} devices already, so this one has to wait: remove a device that you do not use any more.")
            : ChatException.NotFound("conversation");
    }

    /// <summary>Whether the sending device is one of these and the envelope is for exactly the others. The assistant's are optional: it gets only what is addressed to it.</summary>
    public bool Matches(Guid senderDeviceId, Guid[] recipients)
    {
        // A well-behaved client seals in the list's order, which saves the sorting.
        if (MatchesInOrder(senderDeviceId, recipients))
        {
            return true;
        }

        Guid[] sorted = [.. recipients];
        Array.Sort(sorted);
        return MatchesInOrder(senderDeviceId, sorted);
    }

    public IReadOnlyList<Guid> Missing(Guid senderDeviceId, Guid[] recipients) =>
        [.. Devices.Where(device => !device.IsAssistant && device.Id != senderDeviceId).Select(device => device.Id).Except(recipients)];

    public IReadOnlyList<Guid> Surplus(Guid senderDeviceId, Guid[] recipients) =>
        [.. recipients.Except(Devices.Where(device => device.Id != senderDeviceId).Select(device => device.Id))];

    private bool MatchesInOrder(Guid senderDeviceId, Guid[] recipients)
    {
        var (next, isMember) = (0, false);
        foreach (var device in Devices)
        {
            isMember |= device.Id == senderDeviceId;
            if (next < recipients.Length && recipients[next] == device.Id && device.Id != senderDeviceId)
            {
                next++;
            }
            else if (device.Id != senderDeviceId && !device.IsAssistant)
            {
                return false;
            }
        }

        return isMember && next == recipients.Length;
    }
}
