using ChatService.Client.Attachments;

namespace ChatService.Cli.Output;

/// <summary>How far a file has come, on a line of standard error that goes when it is over. Nothing where no person looks.</summary>
internal sealed class TransferLine(string what) : IProgress<TransferProgress>, IDisposable
{
    private readonly string _what = TerminalText.OneLine(what);
    private readonly bool _isShown = !Console.IsErrorRedirected;

    public void Report(TransferProgress value)
    {
        if (_isShown)
            Console.Error.Write($"\r{_what} {(value.Total == 0 ? 100 : value.Transferred * 100 / value.Total)} % of {FileSizes.Of(value.Total)}\u001b[K");
    }

    public void Dispose()
    {
        if (_isShown)
            Console.Error.Write("\r\u001b[K");
    }
}
