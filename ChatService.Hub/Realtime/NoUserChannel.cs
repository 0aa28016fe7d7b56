using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Realtime;

/// <summary>Users are addressed by a group of their own (<see cref="Audience.OfUser"/>), which saves a Redis subscription per connection.</summary>
public sealed class NoUserChannel : IUserIdProvider
{
    public string? GetUserId(HubConnectionContext connection) => null;
}
