using System.Globalization;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Conversations;

/// <summary>How long each conversation's messages last, and whether they ever did not stay.</summary>
internal static class TimerStore
{
    /// <summary>Seconds; null: messages stay.</summary>
    public static async ValueTask<int?> FindAsync(IChatTransaction transaction, Guid conversationId, CancellationToken ct) =>
        await transaction.GetNumberAsync(ClientTables.Timers, StoreValues.Key(conversationId), ct) is { } seconds and > 0 and <= Limits.MessageTimerSeconds
            ? (int)seconds
            : null;

    /// <summary>There was a timer at some time, so that what is not there may have disappeared.</summary>
    public static async ValueTask<bool> HadOneAsync(IChatTransaction transaction, Guid conversationId, CancellationToken ct) =>
        await transaction.GetAsync(ClientTables.Timers, StoreValues.Key(conversationId), ct) is not null;

    public static async ValueTask SaveAsync(IChatTransaction transaction, Guid conversationId, int? seconds, CancellationToken ct)
    {
        if (seconds is not null || await HadOneAsync(transaction, conversationId, ct))
            await transaction.PutNumberAsync(ClientTables.Timers, StoreValues.Key(conversationId), seconds ?? 0, ct);
    }

    /// <summary>A system message about the timer, in its place among the others.</summary>
    public static ValueTask ApplyAsync(IChatTransaction transaction, Guid conversationId, SystemEvent systemEvent, CancellationToken ct) =>
        systemEvent.Kind != SystemEventKind.TimerChanged ? ValueTask.CompletedTask
        : SaveAsync(transaction, conversationId, SecondsOf(systemEvent), ct);

    private static int? SecondsOf(SystemEvent systemEvent) =>
        int.TryParse(systemEvent.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : null;
}
