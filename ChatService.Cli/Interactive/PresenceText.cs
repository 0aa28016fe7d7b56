using System.Globalization;
using ChatService.Contracts;

namespace ChatService.Cli.Interactive;

/// <summary>Whether somebody is there, in words. Nothing for those who do not show it.</summary>
internal static class PresenceText
{
    public static string? Of(PresenceUpdate presence) => presence switch
    {
        { Status: PresenceStatus.Online } => "online",
        { Status: PresenceStatus.Away } => "away",
        { LastSeenAt: { } at } => $"last seen {Moment(at.ToLocalTime())}",
        _ => null,
    };

    private static string Moment(DateTime at) =>
        at.ToString(at.Date == DateTime.Now.Date ? "HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
