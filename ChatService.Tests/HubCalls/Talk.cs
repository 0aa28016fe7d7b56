using ChatService.Contracts;
using ChatService.Tests.Api;

namespace ChatService.Tests.HubCalls;

/// <summary>Opens conversations for bare connections.</summary>
internal static class Talk
{
    public static async Task<Guid> DirectAsync(RawClient one, RawClient other)
    {
        var request = new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Direct, [other.User.Id]);
        var details = await one.User.CallAsync<ConversationDetails>(HttpMethod.Post, Routes.Conversations, request);
        await JoinAsync(details.Id, one, other);
        return details.Id;
    }

    public static async Task<Guid> GroupAsync(RawClient owner, params RawClient[] others)
    {
        var request = new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Group, [.. others.Select(other => other.User.Id)], "Group");
        var details = await owner.User.CallAsync<ConversationDetails>(HttpMethod.Post, Routes.Conversations, request);
        await JoinAsync(details.Id, [owner, .. others]);
        return details.Id;
    }

    private static Task JoinAsync(Guid conversationId, params RawClient[] members) =>
        Task.WhenAll(members.Select(member => member.CallAsync(nameof(IChatHub.JoinRoom), conversationId)));
}
