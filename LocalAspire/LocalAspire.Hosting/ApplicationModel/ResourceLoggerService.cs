using System.Collections.Concurrent;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What the resources have printed, the newest 10,000 lines of each.</summary>
public sealed class ResourceLoggerService
{
    private const int Capacity = 10_000;

    private readonly ConcurrentDictionary<string, Printed> _printed = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>All lines so far, in one batch.</summary>
    public async IAsyncEnumerable<IReadOnlyList<LogLine>> GetAllAsync(string resourceName)
    {
        await Task.CompletedTask;
        if (_printed.TryGetValue(resourceName, out var printed))
        {
            IReadOnlyList<LogLine> batch;
            lock (printed)
            {
                batch = [.. printed.Lines];
            }

            yield return batch;
        }
    }

    internal void Add(string resourceName, string content)
    {
        var printed = _printed.GetOrAdd(resourceName, static _ => new());
        lock (printed)
        {
            if (printed.Lines.Count == Capacity)
            {
                printed.Lines.Dequeue();
            }

            printed.Lines.Enqueue(new LogLine(++printed.Count, content, IsErrorMessage: false));
        }
    }

    private sealed class Printed
    {
        public Queue<LogLine> Lines { get; } = new();

        public int Count { get; set; }
    }
}
