using ChatService.Core.DomainEvents;
using ChatService.Core.Messages;
using ChatService.Hub.Storage;
using Npgsql;

namespace ChatService.Hub.Messages;

/// <summary>Commits messages in groups, then tells the world: commit, acknowledge, publish, in this order.</summary>
public sealed class MessageWriter(
    NpgsqlDataSource dataSource, DomainEventDispatcher dispatcher, MessageMetrics metrics, TimeProvider time, ILogger<MessageWriter> logger)
    : GroupCommit<PendingMessage, MessageOutcome>(dataSource, time, logger, capacity: 8192)
{
    private NpgsqlConnection? _prepared;

    // A commit whose answer did not come may have happened, and then nobody was told of it.
    private bool _mayBeStored;

    protected override Guid KinOf(PendingMessage item) => item.ConversationId;

    protected override async Task<MessageOutcome[]> CommitAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingMessage> items, CancellationToken cancellationToken)
    {
        if (_prepared != connection)
        {
            await using var session = new NpgsqlCommand(MessageStatement.Session, connection);
            await session.ExecuteNonQueryAsync(cancellationToken);
            _prepared = connection;
        }

        using var _ = metrics.MeasureCommit(items.Count);
        using var commit = MessageTraces.StartCommit(items);
        var distinct = WithoutRepetitions(items, out var places);
        var isRetry = _mayBeStored;
        _mayBeStored = true;
        var outcomes = await StoreAsync(connection, distinct, cancellationToken);
        _mayBeStored = false;
        if (isRetry)
        {
            outcomes = Array.ConvertAll(
                outcomes, outcome => outcome.Verdict == MessageVerdict.AlreadyStored ? outcome with { Verdict = MessageVerdict.Stored } : outcome);
        }

        return places is null ? outcomes : ForAll(items, distinct, outcomes, places);
    }

    protected override void Committed(PendingMessage item, MessageOutcome result)
    {
        var (verdict, receipt, audience) = result;
        if (verdict == MessageVerdict.Stored)
        {
            metrics.Sent(item.EncryptedContent.Length);
            using var publish = MessageTraces.StartPublish(item);
            // Starting them one after the other keeps their order on the way to Redis. Nobody waits: who misses one catches up.
            _ = dispatcher.DispatchAsync(
                new MessageSentDomainEvent(item.ToSealedMessage(receipt!), audience, item.ConnectionId), CancellationToken.None);
        }
    }

    /// <summary>Nearly always there is nothing stored already. Where there is, it is set aside, and the others are stored without it.</summary>
    private static async Task<MessageOutcome[]> StoreAsync(
        NpgsqlConnection connection, IReadOnlyList<PendingMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            return await MessageStatement.ExecuteAsync(connection, messages, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            var stored = await StoredMessages.FindAsync(connection, messages, cancellationToken);
            if (stored.Count == 0)
            {
                throw;
            }

            PendingMessage[] others = [.. messages.Where((_, place) => !stored.ContainsKey(place))];
            var outcomes = others.Length == 0 ? [] : await StoreAsync(connection, others, cancellationToken);
            var next = 0;
            return [.. messages.Select((_, place) => stored.TryGetValue(place, out var outcome) ? outcome : outcomes[next++])];
        }
    }

    /// <summary>A repetition was stored by the first of them; another device's message with the same id is judged in the next batch.</summary>
    private static MessageOutcome[] ForAll(
        IReadOnlyList<PendingMessage> items, IReadOnlyList<PendingMessage> distinct, MessageOutcome[] outcomes, int[] places) =>
    [
        .. items.Zip(places, (item, place) => (item, first: distinct[place], outcome: outcomes[place])).Select(each =>
            ReferenceEquals(each.item, each.first) ? each.outcome
            : each.item.SenderDeviceId != each.first.SenderDeviceId ? new MessageOutcome(MessageVerdict.Stale, null, default)
            : each.outcome.Verdict == MessageVerdict.Stored ? each.outcome with { Verdict = MessageVerdict.AlreadyStored }
            : each.outcome),
    ];

    /// <summary>The same message twice in one batch (a client that reconnected and sent again) is one row and two answers.</summary>
    private static IReadOnlyList<PendingMessage> WithoutRepetitions(IReadOnlyList<PendingMessage> items, out int[]? places)
    {
        places = null;
        var seen = new Dictionary<(Guid, Guid), int>(items.Count);
        foreach (var item in items)
        {
            seen.TryAdd((item.ConversationId, item.Id), seen.Count);
        }

        if (seen.Count == items.Count)
        {
            return items;
        }

        places = [.. items.Select(item => seen[(item.ConversationId, item.Id)])];
        return [.. items.DistinctBy(item => (item.ConversationId, item.Id))];
    }
}
