using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Errors;
using ChatService.Core.Users;

namespace ChatService.Hub;

public sealed partial class ChatHub
{
    private static readonly TimeSpan s_typingInterval = TimeSpan.FromSeconds(3);

    public Task JoinRoom(Guid conversationId)
    {
        Limit(RateLimits.Sync, Device);
        return rooms.JoinOneAsync(Device, conversationId, Context.ConnectionAborted);
    }

    public Task LeaveRoom(Guid conversationId)
    {
        Limit(RateLimits.Sync, Device);
        if (Device.Rooms.ContainsKey(conversationId))
        {
            Device.Left[conversationId] = true;
        }

        return rooms.LeaveAsync(Device, conversationId, Context.ConnectionAborted);
    }

    public async Task SendTypingIndicator(Guid conversationId, bool isTyping)
    {
        var device = Device;
        Limit(RateLimits.Ephemeral, device);
        var room = await rooms.FindAsync(device, conversationId, Context.ConnectionAborted) ?? throw ChatException.NotFound("conversation");
        if (room.IsBlocked || !device.Shared.HasFlag(SharedSignals.Typing))
        {
            return;
        }

        // One signal says enough for a while.
        var last = device.Typing.GetValueOrDefault(conversationId);
        if (last.IsTyping == isTyping && (!isTyping || time.GetElapsedTime(last.At) < s_typingInterval))
        {
            return;
        }

        device.Typing[conversationId] = (isTyping, time.GetTimestamp());
        await dispatcher.DispatchAsync(new TypingDomainEvent(conversationId, device.UserId, isTyping, room.Audience), Context.ConnectionAborted);
    }
}
