using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ChatService.Benchmarks.Soak.People;

/// <summary>Counts what the clients log, by event and reason.</summary>
internal sealed class ClientErrors : ILoggerFactory, ILogger
{
    private readonly ConcurrentDictionary<string, int> _counts = new();

    public IEnumerable<(string What, int Count)> Counts => _counts.OrderByDescending(entry => entry.Value).Select(entry => (entry.Key, entry.Value));

    public ILogger CreateLogger(string categoryName) => categoryName == "ChatService.Client" ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var values = state as IReadOnlyList<KeyValuePair<string, object?>> ?? [];
        var reason = values.FirstOrDefault(value => value.Key is "Reason" or "What").Value ?? "";
        _counts.AddOrUpdate($"{eventId.Name} {reason} {(exception as Client.ChatException)?.Code ?? exception?.GetType().Name}".TrimEnd(), 1, (_, count) => count + 1);
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
