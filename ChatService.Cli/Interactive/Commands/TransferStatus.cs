using ChatService.Cli.Output;
using ChatService.Client.Attachments;

namespace ChatService.Cli.Interactive.Commands;

/// <summary>Shows in the status line how far a file has come, until it is over.</summary>
internal sealed class TransferStatus(LiveStatus status, string what) : IProgress<TransferProgress>, IDisposable
{
    private readonly string _what = TerminalText.OneLine(what);

    public void Report(TransferProgress value) =>
        status.Update(line => line.Transfer = $"{_what} {(value.Total == 0 ? 100 : value.Transferred * 100 / value.Total)} %");

    public void Dispose() => status.Update(line => line.Transfer = null);
}
