using System.Threading.Channels;

namespace ChatService.Hub.Assistant;

/// <summary>Pieces of one answer. Bounded: what a slow asker does not take in time is dropped.</summary>
public sealed class AnswerListener(ChannelReader<AnswerPiece> pieces, Func<Task> stop) : IAsyncDisposable
{
    /// <summary>The next piece; null when none came in time.</summary>
    public async Task<AnswerPiece?> NextAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        if (pieces.TryRead(out var piece))
        {
            return piece;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            return await pieces.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    public async ValueTask DisposeAsync() => await stop();
}
