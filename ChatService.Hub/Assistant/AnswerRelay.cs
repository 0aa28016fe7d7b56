using System.Threading.Channels;
using ChatService.Contracts;
using ChatService.Hub.Realtime;
using ChatService.Hub.Rooms;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Assistant;

/// <summary>
/// Passes on what the assistant writes, beside the path of messages: from a bounded queue, in order, dropping what does not fit.
/// Membership is asked for with every piece, so that an assistant that was removed is not heard any more.
/// </summary>
public sealed partial class AnswerRelay(
    RoomMembership rooms, AnswerChannels channels, BackplaneMonitor backplane, IServiceProvider services, ILogger<AnswerRelay> logger) : BackgroundService
{
    private readonly Channel<(ConnectedDevice Assistant, AIChunk? Chunk, AIResponseReceipt? Receipt)> _waiting =
        Channel.CreateBounded<(ConnectedDevice, AIChunk?, AIResponseReceipt?)>(
            new BoundedChannelOptions(4096) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void PassOn(ConnectedDevice assistant, AIChunk chunk) => _waiting.Writer.TryWrite((assistant, chunk, null));

    public void PassOn(ConnectedDevice assistant, AIResponseReceipt receipt) => _waiting.Writer.TryWrite((assistant, null, receipt));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var (assistant, chunk, receipt) in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                // Without Redis the pieces would reach some and not others; the answer itself comes to everyone.
                if (backplane.IsAvailable)
                {
                    await (chunk is null ? TellAsync(assistant, receipt!, stoppingToken) : TellAsync(assistant, chunk, stoppingToken));
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogDropped(logger, exception.Message);
            }
        }
    }

    private async Task TellAsync(ConnectedDevice assistant, AIChunk chunk, CancellationToken cancellationToken)
    {
        if (await TryTellAsync(assistant, chunk.ConversationId, chunk.PromptId, members => members.ReceiveAIChunk(chunk), cancellationToken))
        {
            await channels.PublishAsync(chunk);
        }
    }

    private async Task TellAsync(ConnectedDevice assistant, AIResponseReceipt receipt, CancellationToken cancellationToken)
    {
        if (await TryTellAsync(assistant, receipt.ConversationId, receipt.PromptId, members => members.AIResponseComplete(receipt), cancellationToken))
        {
            await channels.PublishAsync(receipt);
        }
    }

    /// <summary>To the members' connections, less the assistant's own and the one that gets the same as its stream. False: the assistant is no member.</summary>
    private async Task<bool> TryTellAsync(
        ConnectedDevice assistant, Guid conversationId, Guid promptId, Func<IChatHubClient, Task> tell, CancellationToken cancellationToken)
    {
        if (await rooms.FindAsync(assistant, conversationId, cancellationToken) is not { Audience: var audience })
        {
            return false;
        }

        // Asked for late: the hub context's lifetime manager needs Redis itself.
        var clients = services.GetRequiredService<IHubContext<ChatHub, IChatHubClient>>().Clients;
        var asker = await channels.AskerAsync(promptId);
        await clients.TellRoomExceptAsync(
            conversationId, audience, asker is null ? [assistant.ConnectionId] : [assistant.ConnectionId, asker], tell);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "A piece of an answer was not passed on: {Reason}")]
    private static partial void LogDropped(ILogger logger, string reason);
}
