using System.Text;
using ChatService.Cli.Output;
using Spectre.Console;

namespace ChatService.Cli.Interactive;

/// <summary>
/// A scrolling log with some lines kept at its end: text that still grows, a status and the line being typed. Each change is one
/// write, so nothing flickers; what has scrolled by stays in the terminal's own history.
/// </summary>
internal sealed class ChatScreen(TextWriter output, bool colors)
{
    private const string ClearToEnd = "\u001b[J";

    private readonly Lock _turn = new();
    private readonly InputLine _input = new();
    private string _status = "";
    private string? _live;
    private int _liveRows;
    private bool _drawn;
    private bool _closed;

    /// <summary>Adds text above the line being typed.</summary>
    public void Print(string text)
    {
        lock (_turn)
        {
            var frame = new StringBuilder();
            Erase(frame);
            frame.Append(text.ReplaceLineEndings("\r\n")).Append("\r\n");
            Draw(frame);
        }
    }

    public void SetStatus(string status)
    {
        status = TerminalText.OneLine(status);
        lock (_turn)
        {
            if (_status == status)
                return;
            _status = status;
            Redraw();
        }
    }

    /// <summary>Text above the status that replaces itself; null takes it away.</summary>
    public void SetLive(string? text)
    {
        lock (_turn)
        {
            if (_live == text)
                return;
            _live = text;
            Redraw();
        }
    }

    public void Press(ConsoleKeyInfo key)
    {
        lock (_turn)
        {
            _input.Press(key);
            Redraw();
        }
    }

    public string TakeInput()
    {
        lock (_turn)
        {
            var text = _input.Take();
            Redraw();
            return text;
        }
    }

    public bool IsInputEmpty
    {
        get
        {
            lock (_turn)
                return _input.Text.Length == 0;
        }
    }

    /// <summary>Takes the two lines away, for good: what happens from here on is not of this conversation.</summary>
    public void Close()
    {
        lock (_turn)
        {
            var frame = new StringBuilder();
            Erase(frame);
            output.Write(frame);
            output.Flush();
            _closed = true;
        }
    }

    public string Dim(string text) => Color(text, "2");

    public string Bold(string text) => Color(text, "1");

    public string Accent(string text) => Color(text, "36");

    private string Color(string text, string code) => colors ? $"\u001b[{code}m{text}\u001b[0m" : text;

    private void Redraw()
    {
        var frame = new StringBuilder();
        Erase(frame);
        Draw(frame);
    }

    /// <summary>The cursor is on the input line, one below the status.</summary>
    private void Erase(StringBuilder frame)
    {
        if (_drawn)
            frame.Append("\r\u001b[").Append(1 + _liveRows).Append('A').Append(ClearToEnd);
        _drawn = false;
    }

    private void Draw(StringBuilder frame)
    {
        if (_closed)
            return;
        var cells = Math.Max(Width() - 3, 8);
        var (visible, cursor) = _input.View(cells);
        var live = _live is null ? [] : LiveLines.Wrap(_live, cells, Math.Max(Height() - 4, 1));
        _liveRows = live.Count;
        foreach (var line in live)
            frame.Append(line).Append("\r\n");
        frame.Append(Dim(Cut(_status, cells))).Append("\r\n> ").Append(visible).Append('\r');
        if (cursor + 2 > 0)
            frame.Append("\u001b[").Append(cursor + 2).Append('C');
        output.Write(frame);
        output.Flush();
        _drawn = true;
    }

    private static string Cut(string text, int cells)
    {
        while (text.GetCellWidth() > cells)
            text = text[..^1];
        return text;
    }

    private static int Height()
    {
        try
        {
            return Console.WindowHeight is > 0 and var height ? height : 24;
        }
        catch (IOException)
        {
            return 24;
        }
    }

    private static int Width()
    {
        try
        {
            return Console.WindowWidth is > 0 and var width ? width : 80;
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
