using System.Text;
using Spectre.Console;

namespace ChatService.Cli.Interactive;

/// <summary>The text being typed and its cursor. Knows keys, not the screen.</summary>
internal sealed class InputLine
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _earlier = [];
    private int _cursor;
    private int _recalled;
    private string _unfinished = "";

    public string Text => _text.ToString();

    /// <summary>Takes the text and begins a new one.</summary>
    public string Take()
    {
        var text = Text;
        if (text.Length > 0 && text != _earlier.LastOrDefault())
            _earlier.Add(text);
        _recalled = _earlier.Count;
        Write("");
        return text;
    }

    public void Press(ConsoleKeyInfo key)
    {
        switch (key)
        {
            case { Key: ConsoleKey.LeftArrow }: _cursor = Before(_cursor); break;
            case { Key: ConsoleKey.RightArrow }: _cursor = After(_cursor); break;
            case { Key: ConsoleKey.UpArrow }: Recall(_recalled - 1); break;
            case { Key: ConsoleKey.DownArrow }: Recall(_recalled + 1); break;
            case { Key: ConsoleKey.Home } or { Key: ConsoleKey.A, Modifiers: ConsoleModifiers.Control }: _cursor = 0; break;
            case { Key: ConsoleKey.End } or { Key: ConsoleKey.E, Modifiers: ConsoleModifiers.Control }: _cursor = _text.Length; break;
            case { Key: ConsoleKey.Backspace }: Remove(Before(_cursor), _cursor); break;
            case { Key: ConsoleKey.Delete }: Remove(_cursor, After(_cursor)); break;
            case { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control }: Remove(0, _cursor); break;
            case { Key: ConsoleKey.K, Modifiers: ConsoleModifiers.Control }: Remove(_cursor, _text.Length); break;
            case { Key: ConsoleKey.W, Modifiers: ConsoleModifiers.Control }: Remove(WordStart(), _cursor); break;
            default:
                if (!char.IsControl(key.KeyChar))
                    _text.Insert(_cursor++, key.KeyChar);
                break;
        }
    }

    /// <summary>What fits into so many cells, with the cursor in sight, and the cursor's cell.</summary>
    public (string Visible, int CursorCell) View(int cells)
    {
        var start = 0;
        while (Width(start, _cursor) >= cells && start < _cursor)
            start = After(start);
        var end = _cursor;
        while (end < _text.Length && Width(start, After(end)) < cells)
            end = After(end);
        return (_text.ToString(start, end - start), Width(start, _cursor));
    }

    /// <summary>An earlier line instead of the one being typed, which comes back at the end.</summary>
    private void Recall(int index)
    {
        if (index < 0 || index > _earlier.Count)
            return;
        if (_recalled == _earlier.Count)
            _unfinished = Text;
        _recalled = index;
        Write(index == _earlier.Count ? _unfinished : _earlier[index]);
    }

    private void Write(string text)
    {
        _text.Clear().Append(text);
        _cursor = _text.Length;
    }

    private int Width(int from, int to) => _text.ToString(from, to - from).GetCellWidth();

    private void Remove(int from, int to)
    {
        _text.Remove(from, to - from);
        _cursor = from;
    }

    private int WordStart()
    {
        var start = _cursor;
        while (start > 0 && _text[start - 1] == ' ')
            start--;
        while (start > 0 && _text[start - 1] != ' ')
            start--;
        return start;
    }

    /// <summary>Surrogate pairs are one step.</summary>
    private int Before(int index) => index == 0 ? 0 : index > 1 && char.IsLowSurrogate(_text[index - 1]) && char.IsHighSurrogate(_text[index - 2]) ? index - 2 : index - 1;

    private int After(int index) => index >= _text.Length ? _text.Length : index + 1 < _text.Length && char.IsHighSurrogate(_text[index]) ? index + 2 : index + 1;
}
