namespace ChatService.Hub.Realtime;

/// <summary>The names of SignalR groups.</summary>
public static class Audience
{
    /// <summary>
    /// A conversation's live audience. The epoch moves when someone loses access, so a connection that should no longer
    /// hear is in a group to which nothing is sent any more, even if its own server has not been told yet.
    /// </summary>
    public static string Of(Guid conversationId, int epoch) => $"c:{conversationId:N}:{epoch}";

    /// <summary>All connections of a user.</summary>
    public static string OfUser(Guid userId) => $"u:{userId:N}";

    /// <summary>All connections of a device.</summary>
    public static string OfDevice(Guid deviceId) => $"d:{deviceId:N}";
}
