using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Devices;
using ChatService.Core.DomainEvents;
using ChatService.Core.Keys;
using ChatService.Core.Users;
using ChatService.Hub.Messages;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Rooms;

/// <summary>Tells members about their conversations, and every hub whose connections belong into which audience.</summary>
public sealed class RoomEventHandlers(
    IHubContext<ChatHub, IChatHubClient> hub,
    ControlChannel control,
    DeliveryLists lists,
    ConversationReader conversations,
    RoomMembership rooms) :
    IDomainEventHandler<ConversationCreatedDomainEvent>,
    IDomainEventHandler<ConversationChangedDomainEvent>,
    IDomainEventHandler<UserJoinedRoomDomainEvent>,
    IDomainEventHandler<UserLeftRoomDomainEvent>,
    IDomainEventHandler<TypingDomainEvent>,
    IDomainEventHandler<UserKeyBundleUpdatedDomainEvent>,
    IDomainEventHandler<OneTimePreKeysLowDomainEvent>,
    IDomainEventHandler<DeviceRemovedDomainEvent>
{
    public async Task HandleAsync(ConversationCreatedDomainEvent domainEvent, CancellationToken cancellationToken)
    {
        await control.RejoinAsync(domainEvent.MemberIds);
        foreach (var memberId in domainEvent.MemberIds)
        {
            if (await conversations.FindAsync(memberId, domainEvent.ConversationId, cancellationToken) is { } details)
            {
                await hub.Clients.Group(Audience.OfUser(memberId)).ConversationCreated(details);
            }
        }
    }

    public async Task HandleAsync(ConversationChangedDomainEvent domainEvent, CancellationToken cancellationToken)
    {
        lists.Forget(domainEvent.ConversationId);
        var (version, memberIds) = await conversations.MembersAsync(domainEvent.ConversationId, cancellationToken);
        await control.RejoinAsync(memberIds);
        foreach (var memberId in memberIds)
        {
            await hub.Clients.Group(Audience.OfUser(memberId)).ConversationChanged(domainEvent.ConversationId, version);
        }
    }

    public async Task HandleAsync(UserJoinedRoomDomainEvent domainEvent, CancellationToken cancellationToken)
    {
        await control.RejoinAsync([domainEvent.UserId]);
        if (await conversations.FindAsync(domainEvent.UserId, domainEvent.ConversationId, cancellationToken) is { } details)
        {
            await hub.Clients.Group(Audience.OfUser(domainEvent.UserId)).ConversationCreated(details);
        }

        var (_, memberIds) = await conversations.MembersAsync(domainEvent.ConversationId, cancellationToken);
        foreach (var memberId in memberIds)
        {
            await hub.Clients.Group(Audience.OfUser(memberId)).UserJoinedRoom(domainEvent.ConversationId, domainEvent.UserId);
        }
    }

    public async Task HandleAsync(UserLeftRoomDomainEvent domainEvent, CancellationToken cancellationToken)
    {
        await control.RejoinAsync([domainEvent.UserId]);
        var (_, memberIds) = await conversations.MembersAsync(domainEvent.ConversationId, cancellationToken);
        foreach (var userId in memberIds.Append(domainEvent.UserId))
        {
            await hub.Clients.Group(Audience.OfUser(userId)).UserLeftRoom(domainEvent.ConversationId, domainEvent.UserId);
        }
    }

    public Task HandleAsync(TypingDomainEvent domainEvent, CancellationToken cancellationToken) =>
        hub.Clients.Room(domainEvent.ConversationId, domainEvent.Audience, SharedSignals.Typing)
            .UserTyping(domainEvent.ConversationId, domainEvent.UserId, domainEvent.IsTyping);

    /// <summary>Members seal to other devices from now on: whoever cached the user's keys forgets them.</summary>
    public async Task HandleAsync(UserKeyBundleUpdatedDomainEvent domainEvent, CancellationToken cancellationToken)
    {
        var shared = await rooms.ReadAsync(domainEvent.UserId, cancellationToken);
        await control.RejoinAsync(await conversations.ContactsAsync(domainEvent.UserId, withBlocked: true, cancellationToken));
        await hub.Clients.Group(Audience.OfUser(domainEvent.UserId)).KeyBundleUpdated(domainEvent.UserId, domainEvent.DeviceId);
        foreach (var room in shared)
        {
            lists.Forget(room.ConversationId);
            await hub.Clients.Room(room.ConversationId, room.Audience).KeyBundleUpdated(domainEvent.UserId, domainEvent.DeviceId);
        }
    }

    public Task HandleAsync(OneTimePreKeysLowDomainEvent domainEvent, CancellationToken cancellationToken) =>
        hub.Clients.Group(Audience.OfDevice(domainEvent.DeviceId)).OneTimePreKeysLow(domainEvent.Remaining);

    public Task HandleAsync(DeviceRemovedDomainEvent domainEvent, CancellationToken cancellationToken) =>
        control.DisconnectAsync(domainEvent.UserId, domainEvent.DeviceId);
}
