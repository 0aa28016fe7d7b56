namespace ChatService.Core.DomainEvents;

/// <summary>An entity that guards its own rules and records what happened to it.</summary>
public abstract class AggregateRoot
{
    private readonly List<IDomainEvent> _events = [];

    protected void Raise(IDomainEvent domainEvent) => _events.Add(domainEvent);

    internal IReadOnlyList<IDomainEvent> TakeEvents()
    {
        if (_events.Count == 0)
        {
            return [];
        }

        IDomainEvent[] taken = [.. _events];
        _events.Clear();
        return taken;
    }
}
