using System.Globalization;
using System.Text;

namespace ChatService.Cli.Output;

/// <summary>Text from other people, made harmless: control characters could move the cursor, rename the window or forge lines.</summary>
internal static class TerminalText
{
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isControl = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
            var isHarmful = (isControl && rune.Value != '\n') || IsBidirectionalControl(rune.Value);
            clean.Append(rune.Value == '\t' ? "    " : isHarmful ? "\uFFFD" : rune.ToString());
        }

        return clean.ToString();
    }

    /// <summary>As <see cref="Clean"/>, with a mark before each further line, so that none passes for another message.</summary>
    public static string Marked(string text) => Clean(text).TrimEnd('\n').Replace("\n", "\n  │ ", StringComparison.Ordinal);

    /// <summary>On one line, whatever is in it.</summary>
    public static string OneLine(string text) => Clean(text).Replace("\n", " ⏎ ", StringComparison.Ordinal);

    /// <summary>Embeddings, overrides and isolates, which show text in another order than it is in.</summary>
    private static bool IsBidirectionalControl(int value) => value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
