using System.Globalization;

namespace ChatService.Cli.Output;

/// <summary>How people write and read how long something lasts.</summary>
internal static class Durations
{
    private static readonly (string Letter, string Word, int Seconds)[] Units =
        [("w", "week", 604_800), ("d", "day", 86_400), ("h", "hour", 3_600), ("m", "minute", 60), ("s", "second", 1)];

    /// <summary><c>90s</c>, <c>30m</c>, <c>1h</c>, <c>7d</c>, <c>2w</c>; null for anything else.</summary>
    public static TimeSpan? Parse(string text)
    {
        var unit = Units.FirstOrDefault(unit => text.EndsWith(unit.Letter, StringComparison.OrdinalIgnoreCase));
        return unit.Seconds > 0
            && int.TryParse(text.AsSpan(0, text.Length - 1).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && count is > 0 and < 1_000_000
            ? TimeSpan.FromSeconds((double)count * unit.Seconds)
            : null;
    }

    /// <summary>In the largest unit that it is a whole number of: <c>1 hour</c>, <c>90 minutes</c>.</summary>
    public static string Of(TimeSpan time)
    {
        var seconds = (long)time.TotalSeconds;
        var unit = Units.First(unit => seconds % unit.Seconds == 0);
        var count = seconds / unit.Seconds;
        return $"{count} {unit.Word}{(count == 1 ? "" : "s")}";
    }
}
