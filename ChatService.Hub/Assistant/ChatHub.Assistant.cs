using ChatService.Contracts;
using ChatService.Core.Errors;

namespace ChatService.Hub;

public sealed partial class ChatHub
{
    /// <summary>No assistant lives in this deployment yet: a member is told so, anyone else learns nothing.</summary>
    public IAsyncEnumerable<string> StreamAIResponse(Guid conversationId, string prompt)
    {
        var device = Device;
        Limit(RateLimits.Ephemeral, device);
        return Guarded(RefuseAsync(device.UserId, conversationId), nameof(StreamAIResponse), Context.ConnectionAborted);
    }

    private async IAsyncEnumerable<string> RefuseAsync(Guid userId, Guid conversationId)
    {
        if (await rooms.EpochAsync(userId, conversationId, Context.ConnectionAborted) is null)
        {
            throw ChatException.NotFound("conversation");
        }

        foreach (var chunk in NoAssistant())
        {
            yield return chunk;
        }
    }

    private static IEnumerable<string> NoAssistant() =>
        throw new ChatException(ErrorCodes.AssistantUnavailable, "The assistant is not a member of this conversation.");
}
