using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatService.Core.DomainEvents;

/// <summary>Hands events to their handlers, one after the other. A handler that fails is logged and does not stop the rest: the commit stands.</summary>
public sealed partial class DomainEventDispatcher(IServiceProvider services, ILogger<DomainEventDispatcher> logger)
{
    private readonly ConcurrentDictionary<Type, Func<IDomainEvent, CancellationToken, Task>> _byType = new();

    public async Task DispatchAsync(IReadOnlyList<IDomainEvent> events, CancellationToken cancellationToken)
    {
        foreach (var domainEvent in events)
        {
            await _byType.GetOrAdd(domainEvent.GetType(), MakeDispatch)(domainEvent, cancellationToken);
        }
    }

    public async Task DispatchAsync<TEvent>(TEvent domainEvent, CancellationToken cancellationToken)
        where TEvent : IDomainEvent
    {
        foreach (var handler in services.GetServices<IDomainEventHandler<TEvent>>())
        {
            try
            {
                await handler.HandleAsync(domainEvent, cancellationToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                HandlerFailed(logger, exception, handler.GetType().Name, typeof(TEvent).Name);
            }
        }
    }

    private Func<IDomainEvent, CancellationToken, Task> MakeDispatch(Type eventType)
    {
        var method = new Func<IDomainEvent, CancellationToken, Task>(DispatchAsync).Method
            .GetGenericMethodDefinition()
            .MakeGenericMethod(eventType);
        return (domainEvent, cancellationToken) => (Task)method.Invoke(this, [domainEvent, cancellationToken])!;
    }

    [LoggerMessage(LogLevel.Warning, "{Handler} could not handle {Event}; the event itself is committed.")]
    private static partial void HandlerFailed(ILogger logger, Exception exception, string handler, string @event);
}
