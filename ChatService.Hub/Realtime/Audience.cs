using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Users;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Realtime;

/// <summary>
/// The names of SignalR groups. A conversation has one audience, named after an epoch that moves when someone loses access:
/// a connection that should no longer hear is in a group to which nothing is sent any more, even if its own server has not
/// been told yet. Users who keep something to themselves are in audiences beside it, which hear all messages and only
/// those signals that the users share.
/// </summary>
public static class Audience
{
    /// <summary>The audience that a connection joins. To tell members something, see <see cref="Room"/>.</summary>
    public static string Of(Guid conversationId, int epoch, SharedSignals shared) =>
        shared == SharedSignals.All ? $"c:{conversationId:N}:{epoch}" : $"c:{conversationId:N}:{epoch}:{(int)shared}";

    /// <summary>All connections of a user.</summary>
    public static string OfUser(Guid userId) => $"u:{userId:N}";

    /// <summary>All connections of a device.</summary>
    public static string OfDevice(Guid deviceId) => $"d:{deviceId:N}";

    /// <summary>The bit of <see cref="Conversation.QuietAudiences"/> that stands for users who share this and no more.</summary>
    public static int QuietBit(SharedSignals shared) => shared == SharedSignals.All ? 0 : 1 << (int)shared;

    /// <summary>The members of a conversation.</summary>
    /// <param name="signal">Only those who share this.</param>
    public static IChatHubClient Room(
        this IHubClients<IChatHubClient> clients, Guid conversationId, ConversationAudience audience, SharedSignals signal = SharedSignals.None)
    {
        ArgumentNullException.ThrowIfNull(clients);
        return audience.Quiet == 0
            ? clients.Group(Of(conversationId, audience.Epoch, SharedSignals.All))
            : clients.Groups(Names(conversationId, audience, signal));
    }

    /// <summary>Tells all members but some connections.</summary>
    public static Task TellRoomExceptAsync(
        this IHubClients<IChatHubClient> clients,
        Guid conversationId,
        ConversationAudience audience,
        IReadOnlyList<string> connectionIds,
        Func<IChatHubClient, Task> tell)
    {
        ArgumentNullException.ThrowIfNull(clients);
        ArgumentNullException.ThrowIfNull(tell);
        return audience.Quiet == 0
            ? tell(clients.GroupExcept(Of(conversationId, audience.Epoch, SharedSignals.All), connectionIds))
            : Task.WhenAll(Names(conversationId, audience, SharedSignals.None).Select(name => tell(clients.GroupExcept(name, connectionIds))));
    }

    /// <summary>The ordinary audience and those beside it whose users share the signal.</summary>
    public static IReadOnlyList<string> Names(Guid conversationId, ConversationAudience audience, SharedSignals signal)
    {
        List<string> names = [Of(conversationId, audience.Epoch, SharedSignals.All)];
        for (var shared = SharedSignals.None; shared < SharedSignals.All; shared++)
        {
            if ((audience.Quiet & QuietBit(shared)) != 0 && shared.HasFlag(signal))
            {
                names.Add(Of(conversationId, audience.Epoch, shared));
            }
        }

        return names;
    }
}
