using ChatService.Client.Connection;
using ChatService.Client.Outbox;
using ChatService.Client.Storage;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Attachments;

/// <summary>Repeats calls that failed for reasons that pass: a hub that went away, a limit that bites for a moment.</summary>
internal sealed class TransferRetries(ReconnectPolicy backoff, TimeProvider time, ILogger logger)
{
    /// <summary>How often an internal error of the server is met with another try.</summary>
    private const int Bounded = 8;

    /// <summary>A quota that wants a longer wait is an answer, not a delay.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <exception cref="ChatException">It will not pass.</exception>
    public async Task<T> RunAsync<T>(Guid id, Func<Task<T>> call, CancellationToken ct)
    {
        for (var (attempt, bounded) = (0, 0); ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception e) when (!ct.IsCancellationRequested && e is not (ChatStoreException or ObjectDisposedException))
            {
                var (verdict, error) = SendFailure.Of(e);
                if (verdict is SendVerdict.Fail or SendVerdict.Reseal
                    || (verdict == SendVerdict.RetrySome && ++bounded > Bounded)
                    || error.RetryAfterMs > LongestWait.TotalMilliseconds)
                {
                    throw e is ChatException ? e : new ChatException(error, e);
                }

                Log.TransferRetried(logger, id, error.Code);
                var delay = TimeSpan.FromMilliseconds(error.RetryAfterMs ?? 100) + (backoff.Ceiling(Math.Min(attempt, 5)) * Random.Shared.NextDouble());
                await Task.Delay(delay, time, ct);
            }
        }
    }
}
