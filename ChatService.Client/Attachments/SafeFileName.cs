using System.Globalization;
using System.Text;

namespace ChatService.Client.Attachments;

/// <summary>A file name as its sender has it, made safe for any file system: no path, no hidden file, no device, nothing that shows otherwise than it is.</summary>
public static class SafeFileName
{
    private const int Longest = 120;
    private const int LongestExtension = 16;
    private const string Forbidden = "<>:\"|?*";

    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];

    /// <summary>Never empty: what nothing is left of becomes <c>file</c>.</summary>
    public static string Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = new StringBuilder();
        foreach (var rune in last.EnumerateRunes())
            clean.Append(IsHarmless(rune) ? rune.ToString() : "_");

        var safe = Shorten(clean.ToString().Trim(' ', '.'));
        return safe.Length == 0 ? "file" : IsDevice(safe) ? "_" + safe : safe;
    }

    /// <summary>Format characters turn the reading direction, and so hide an extension.</summary>
    private static bool IsHarmless(Rune rune) =>
        !Forbidden.Contains(rune.ToString(), StringComparison.Ordinal)
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
        && rune != Rune.ReplacementChar;

    /// <summary>The extension stays.</summary>
    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= Longest)
            return name;
        var extension = Path.GetExtension(name) is { Length: <= LongestExtension } short_ && Encoding.UTF8.GetByteCount(short_) <= LongestExtension ? short_ : "";
        var stem = new StringBuilder();
        var left = Longest - Encoding.UTF8.GetByteCount(extension);
        foreach (var rune in name[..^extension.Length].EnumerateRunes())
        {
            if ((left -= rune.Utf8SequenceLength) < 0)
                break;
            stem.Append(rune.ToString());
        }

        return stem.ToString().TrimEnd(' ', '.') + extension;
    }

    private static bool IsDevice(string name)
    {
        var stem = name.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
        return Devices.Contains(stem) || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal)));
    }
}
