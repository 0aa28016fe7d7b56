using System.Collections.Concurrent;
using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Users;
using ChatService.Hub.Accounts;
using ChatService.Hub.Rooms;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Realtime;

/// <summary>A live connection and whose it is.</summary>
public sealed class ConnectedDevice(HubCallerContext context, Guid userId, Guid deviceId, SignInSession session)
{
    private int _answers;

    public string ConnectionId => context.ConnectionId;

    public Guid UserId => userId;

    public Guid DeviceId => deviceId;

    /// <summary>When the connection was opened, in UTC.</summary>
    public required DateTime ConnectedAt { get; init; }

    /// <summary>The sign-in that the connection was opened with.</summary>
    public SignInSession Session => session;

    /// <summary>The <see cref="UserId"/> as rate limits count it.</summary>
    public string LimitKey { get; } = KeyOf(userId);

    /// <summary>What the client says of itself while it is connected.</summary>
    public PresenceStatus Presence { get; set; } = PresenceStatus.Online;

    /// <summary>What the user shares, as the database had it when it was last asked.</summary>
    public SharedSignals Shared { get; set; } = SharedSignals.All;

    /// <summary>Conversation to the audience that this connection is in.</summary>
    public ConcurrentDictionary<Guid, JoinedAudience> Rooms { get; } = new();

    /// <summary>One change of <see cref="Rooms"/> at a time.</summary>
    public SemaphoreSlim Moving { get; } = new(1, 1);

    /// <summary>Conversations whose audience the client has asked to be left out of.</summary>
    public ConcurrentDictionary<Guid, bool> Left { get; } = new();

    /// <summary>Conversation to the moment of the last typing signal that was passed on.</summary>
    public ConcurrentDictionary<Guid, (bool IsTyping, long At)> Typing { get; } = new();

    public static string KeyOf(Guid userId) => userId.ToString("N");

    /// <summary>Counts an answer that this connection waits for, until what is returned is disposed of.</summary>
    /// <exception cref="ChatException">limit_reached.</exception>
    public IDisposable OpenAnswer()
    {
        if (Interlocked.Increment(ref _answers) <= Limits.AnswerStreamsPerConnection)
        {
            return new OpenedAnswer(this);
        }

        Interlocked.Decrement(ref _answers);
        throw new ChatException(ErrorCodes.LimitReached, $"This connection waits for {Limits.AnswerStreamsPerConnection} answers already: let one of them come first.");
    }

    /// <summary>Ends the connection; the client may come back and is then checked anew.</summary>
    public void Abort() => context.Abort();

    private sealed class OpenedAnswer(ConnectedDevice device) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref device._answers);
    }
}
