using Spectre.Console;

namespace ChatService.Cli.Output;

/// <summary>Rows as lines with their columns aligned, by cells and not characters, for the chat screen.</summary>
internal static class TextColumns
{
    public static IEnumerable<string> Lines(IEnumerable<string[]> rows)
    {
        string[][] clean = [.. rows.Select(row => row.Select(TerminalText.OneLine).ToArray())];
        if (clean.Length == 0)
            return [];
        int[] widths = [.. Enumerable.Range(0, clean.Max(row => row.Length)).Select(column => clean.Max(row => row.Length > column ? row[column].GetCellWidth() : 0))];
        return clean.Select(row => ("  " + string.Join("  ", row.Select((cell, column) => cell + new string(' ', widths[column] - cell.GetCellWidth())))).TrimEnd());
    }
}
