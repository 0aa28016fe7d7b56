namespace Aspire.Hosting.Processes;

/// <summary>The end of a program's output, to be shown when it fails.</summary>
internal sealed class LastLines
{
    private const int Capacity = 20;

    private readonly Queue<string> _lines = new(Capacity);

    public void Add(string line)
    {
        lock (_lines)
        {
            if (_lines.Count == Capacity)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }

    public void Clear()
    {
        lock (_lines)
        {
            _lines.Clear();
        }
    }

    /// <summary>The lines as an indented block that follows a sentence; a word about it when there are none.</summary>
    public string Report()
    {
        lock (_lines)
        {
            return _lines.Count == 0
                ? " It printed nothing."
                : $" Its last lines:{string.Concat(_lines.Select(line => $"{Environment.NewLine}    {line}"))}";
        }
    }
}
