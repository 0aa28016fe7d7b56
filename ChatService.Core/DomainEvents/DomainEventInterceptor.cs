using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ChatService.Core.DomainEvents;

/// <summary>
/// Dispatches the events of saved aggregates once they are committed: at the end of SaveChanges, or of the explicit
/// transaction around it.
/// </summary>
public sealed class DomainEventInterceptor(DomainEventDispatcher dispatcher) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { Database.CurrentTransaction: null } context)
        {
            await DispatchAsync(context, cancellationToken);
        }

        return result;
    }

    public async Task TransactionCommittedAsync(
        System.Data.Common.DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context)
        {
            await DispatchAsync(context, cancellationToken);
        }
    }

    private Task DispatchAsync(DbContext context, CancellationToken cancellationToken)
    {
        IDomainEvent[] events = [.. context.ChangeTracker.Entries<AggregateRoot>().SelectMany(entry => entry.Entity.TakeEvents())];
        return events.Length == 0 ? Task.CompletedTask : dispatcher.DispatchAsync(events, cancellationToken);
    }
}
