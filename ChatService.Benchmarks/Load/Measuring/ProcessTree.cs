using System.Globalization;

namespace ChatService.Benchmarks.Load.Measuring;

/// <summary>CPU time of a process and everything under it, from <c>/proc/&lt;pid&gt;/stat</c>.</summary>
internal static class ProcessTree
{
    /// <summary>Linux counts in hundredths of a second, whatever the kernel's own tick (proc(5)).</summary>
    private const double TicksPerSecond = 100;

    public static double CpuSeconds(int root)
    {
        var all = Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? Read(id) : null)
            .OfType<Entry>()
            .ToList();
        var children = all.ToLookup(entry => entry.ParentId);
        return all.Where(entry => entry.Id == root).Sum(entry => Ticks(entry, children)) / TicksPerSecond;
    }

    private static long Ticks(Entry entry, ILookup<int, Entry> children) =>
        entry.Ticks + children[entry.Id].Sum(child => Ticks(child, children));

    private static Entry? Read(int id)
    {
        try
        {
            // The name in parentheses may hold anything, so count from its end: state, parent, …, utime, stime, and the
            // same two of children that ended.
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new Entry(id, int.Parse(fields[1], CultureInfo.InvariantCulture), fields[11..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
        }
        catch (IOException)
        {
            // It has ended meanwhile.
            return null;
        }
    }

    private sealed record Entry(int Id, int ParentId, long Ticks);
}
