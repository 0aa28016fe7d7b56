using System.Text.Json;
using System.Threading.Channels;
using ChatService.Contracts;
using StackExchange.Redis;

namespace ChatService.Hub.Assistant;

/// <summary>
/// From the hub that the assistant is connected to, to the hub where somebody waits for its answer: a Redis channel for each
/// prompt that is asked about. All of it may be lost; whoever waits looks into PostgreSQL now and then.
/// </summary>
public sealed class AnswerChannels(IConnectionMultiplexer redis)
{
    private static readonly TimeSpan s_askerIsKept = TimeSpan.FromMinutes(15);

    /// <summary>Listens, and leaves word which connection is served this way.</summary>
    public async Task<AnswerListener> ListenAsync(Guid promptId, string connectionId)
    {
        var pieces = Channel.CreateBounded<AnswerPiece>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        try
        {
            var queue = await redis.GetSubscriber().SubscribeAsync(Name(promptId));
            queue.OnMessage(message => Take(message.Message!, pieces.Writer));
            await redis.GetDatabase().StringSetAsync(AskerKey(promptId), connectionId, s_askerIsKept, flags: CommandFlags.FireAndForget);
            return new AnswerListener(pieces.Reader, () => queue.UnsubscribeAsync(CommandFlags.FireAndForget));
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return new AnswerListener(pieces.Reader, () => Task.CompletedTask);
        }
    }

    /// <summary>The connection that gets the answer as its stream; null when there is none.</summary>
    public async Task<string?> AskerAsync(Guid promptId) => await redis.GetDatabase().StringGetAsync(AskerKey(promptId));

    public Task PublishAsync(AIChunk chunk)
    {
        ArgumentNullException.ThrowIfNull(chunk);
        return PublishAsync(chunk.PromptId, 'c', JsonSerializer.Serialize(chunk, JsonSerializerOptions.Web));
    }

    public async Task PublishAsync(AIResponseReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        await PublishAsync(receipt.PromptId, 'r', JsonSerializer.Serialize(receipt, JsonSerializerOptions.Web));
        await redis.GetDatabase().KeyDeleteAsync(AskerKey(receipt.PromptId), CommandFlags.FireAndForget);
    }

    private static void Take(string message, ChannelWriter<AnswerPiece> pieces) => pieces.TryWrite(new AnswerPiece(message[1..], message[0] == 'r'));

    private Task<long> PublishAsync(Guid promptId, char kind, string json) => redis.GetSubscriber().PublishAsync(Name(promptId), $"{kind}{json}");

    private static RedisChannel Name(Guid promptId) => RedisChannel.Literal($"chat.answer:{promptId:N}");

    private static RedisKey AskerKey(Guid promptId) => $"chat.asker:{promptId:N}";
}
