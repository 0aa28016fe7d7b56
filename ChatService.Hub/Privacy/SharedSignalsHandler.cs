using ChatService.Contracts;
using ChatService.Core.DomainEvents;
using ChatService.Core.Users;
using ChatService.Hub.Presence;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Privacy;

/// <summary>Moves the user's connections to where they belong now, tells their devices, and the others about their presence.</summary>
public sealed class SharedSignalsHandler(
    IHubContext<ChatHub, IChatHubClient> hub, ControlChannel control, PresenceAnnouncer presence, PresenceLeases leases)
    : IDomainEventHandler<SharedSignalsChangedDomainEvent>
{
    public async Task HandleAsync(SharedSignalsChangedDomainEvent domainEvent, CancellationToken cancellationToken)
    {
        var userId = domainEvent.UserId;
        await control.ResettleAsync(userId);
        await hub.Clients.Group(Audience.OfUser(userId)).PrivacySettingsChanged(domainEvent.Now.ToSettings());
        if (((domainEvent.Before ^ domainEvent.Now) & SharedSignals.Presence) == 0)
        {
            return;
        }

        if (domainEvent.Now.HasFlag(SharedSignals.Presence))
        {
            await presence.AnnounceAsync(userId, await leases.StatusAsync(userId), cancellationToken);
        }
        else
        {
            await presence.HideAsync(userId, cancellationToken);
        }
    }
}
