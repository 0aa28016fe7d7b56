using ChatService.Contracts;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Abuse;

/// <summary>Alice goes to a limit and beyond; Bob is not concerned.</summary>
internal sealed record LimitStage(AppHostFixture Stack, InProcessHub Hub, Caller Alice, Caller Bob)
{
    /// <summary>A group of Alice's own.</summary>
    public async Task<Guid> GroupAsync()
    {
        var id = Guid.CreateVersion7();
        Assert.Null(await Alice.RestAsync(HttpMethod.Post, Routes.Conversations, new CreateConversationRequest(id, ConversationType.Group, [], "Group")));
        return id;
    }

    public static async Task BitesAsync(string code, Func<int, Task<ChatError?>> call, int limit)
    {
        Assert.Null(await call(limit));
        Assert.Equal(code, (await call(limit + 1))?.Code);
    }
}
