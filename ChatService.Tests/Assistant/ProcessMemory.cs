using System.Globalization;
using System.Text;

namespace ChatService.Tests.Assistant;

/// <summary>What a process holds in its writable memory (proc(5)).</summary>
internal static class ProcessMemory
{
    private const int Block = 1024 * 1024;

    /// <summary>Whether a text is there, as UTF-8 or as .NET's own strings are.</summary>
    public static bool Contains(int processId, string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text), utf16 = Encoding.Unicode.GetBytes(text);
        using var memory = new FileStream($"/proc/{processId}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var buffer = new byte[Block + utf16.Length];
        foreach (var (start, end) in Regions(processId))
        {
            for (var at = start; at < end; at += Block)
            {
                var read = Read(memory, at, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - at)));
                if (buffer.AsSpan(0, read).IndexOf(utf8) >= 0 || buffer.AsSpan(0, read).IndexOf(utf16) >= 0)
                    return true;
            }
        }

        return false;
    }

    private static int Read(FileStream memory, long at, Span<byte> buffer)
    {
        try
        {
            memory.Position = at;
            return memory.Read(buffer);
        }
        catch (IOException)
        {
            // Gone in the meantime, or never there.
            return 0;
        }
    }

    private static IEnumerable<(long Start, long End)> Regions(int processId)
    {
        foreach (var line in File.ReadLines($"/proc/{processId}/maps"))
        {
            var parts = line.Split(' ', 3);
            var range = parts[0].Split('-');
            if (parts[1].StartsWith("rw", StringComparison.Ordinal)
                && long.TryParse(range[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var start)
                && long.TryParse(range[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var end))
                yield return (start, end);
        }
    }
}
