using System.Globalization;
using System.Text;

namespace ChatService.Hub.Accounts;

/// <summary>A name is shown beside messages: nothing in it may hide, reorder or fake what is around it.</summary>
internal static class DisplayName
{
    /// <summary>Without surrounding space; null when it has control, format or unpaired surrogate characters.</summary>
    public static string? Clean(string? name)
    {
        var trimmed = name?.Trim();
        return trimmed is null || trimmed.EnumerateRunes().Any(IsHarmful) ? null : trimmed;
    }

    private static bool IsHarmful(Rune rune) =>
        rune == Rune.ReplacementChar
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
            or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator;
}
