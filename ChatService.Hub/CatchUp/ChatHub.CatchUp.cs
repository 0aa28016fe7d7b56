using System.Runtime.CompilerServices;
using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Hub.Realtime;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub;

public sealed partial class ChatHub
{
    // The token is SignalR's own: it ends the reading when the client stops listening.
    public IAsyncEnumerable<CatchUpPage> CatchUp(IReadOnlyList<ConversationPosition> positions, CancellationToken cancellationToken)
    {
        var device = Device;
        Limit(RateLimits.Sync, device);
        if (positions is null || positions.Count > Limits.CatchUpPositions || positions.Any(p => p is null || p.Sequence < 0))
        {
            throw ChatException.Invalid($"positions has at most {Limits.CatchUpPositions} entries, none of them negative.");
        }

        return Guarded(catchUp.ReadAsync(device, positions, cancellationToken), nameof(CatchUp), cancellationToken);
    }

    IAsyncEnumerable<CatchUpPage> IChatHub.CatchUp(IReadOnlyList<ConversationPosition> positions) => CatchUp(positions, CancellationToken.None);

    /// <summary>A stream fails after its call has returned, where no filter sees it.</summary>
    private async IAsyncEnumerable<T> Guarded<T>(
        IAsyncEnumerable<T> stream, string method, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var items = stream.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await items.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                throw Context.GetHttpContext()!.RequestServices.GetRequiredService<ChatHubFilter>().Translate(exception, method);
            }

            yield return items.Current;
        }
    }
}
