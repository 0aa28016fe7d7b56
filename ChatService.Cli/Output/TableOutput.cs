using Spectre.Console;

namespace ChatService.Cli.Output;

/// <summary>Rows: a table where a person looks, tab-separated values without a header where a program reads.</summary>
internal static class TableOutput
{
    public static void Write(string[] headers, IEnumerable<string[]> rows)
    {
        if (Console.IsOutputRedirected)
        {
            foreach (var row in rows)
                Console.Out.WriteLine(string.Join('\t', row.Select(TerminalText.OneLine)));
            return;
        }

        var table = new Table().Border(TableBorder.Simple);
        foreach (var header in headers)
            table.AddColumn(new TableColumn(header).NoWrap());
        foreach (var row in rows)
            table.AddRow([.. row.Select(cell => new Text(TerminalText.OneLine(cell)))]);
        AnsiConsole.Write(table);
    }
}
