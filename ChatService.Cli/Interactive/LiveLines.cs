using System.Text;
using Spectre.Console;

namespace ChatService.Cli.Interactive;

/// <summary>Text that still grows, in lines that fit the terminal: the last ones of it.</summary>
internal static class LiveLines
{
    public static IReadOnlyList<string> Wrap(string text, int cells, int most)
    {
        List<string> lines = [];
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
            Wrap(paragraph, cells, lines);
        return lines.Count <= most ? lines : lines[^most..];
    }

    private static void Wrap(string paragraph, int cells, List<string> lines)
    {
        var (line, width) = (new StringBuilder(), 0);
        foreach (var rune in paragraph.EnumerateRunes())
        {
            var next = rune.ToString().GetCellWidth();
            if (width + next > cells)
            {
                lines.Add(line.ToString());
                (width, _) = (0, line.Clear());
            }

            line.Append(rune);
            width += next;
        }

        lines.Add(line.ToString());
    }
}
