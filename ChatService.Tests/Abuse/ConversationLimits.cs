using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Tests.Groups;

namespace ChatService.Tests.Abuse;

/// <summary>Limits of conversations and of what is said about them.</summary>
internal static class ConversationLimits
{
    public static Dictionary<string, Func<LimitStage, Task>> Rows { get; } = new()
    {
        [nameof(Limits.NameLength)] = async stage =>
        {
            var (group, device) = (Routes.Conversation(await stage.GroupAsync()), Routes.Device(stage.Alice.Client.DeviceId));
            await LimitStage.BitesAsync(
                ErrorCodes.InvalidArgument, length => stage.Alice.RestAsync(HttpMethod.Patch, group, new UpdateConversationRequest(new string('x', length))), Limits.NameLength);
            await LimitStage.BitesAsync(
                ErrorCodes.InvalidArgument, length => stage.Alice.RestAsync(HttpMethod.Patch, device, new RenameDeviceRequest(new string('x', length))), Limits.NameLength);
        },
        [nameof(Limits.AvatarUrlLength)] = async stage =>
        {
            const string start = "https://example.org/";
            var group = Routes.Conversation(await stage.GroupAsync());
            await LimitStage.BitesAsync(
                ErrorCodes.InvalidArgument,
                length => stage.Alice.RestAsync(HttpMethod.Patch, group, new UpdateConversationRequest(AvatarUrl: start + new string('x', length - start.Length))),
                Limits.AvatarUrlLength);
        },
        [nameof(Limits.MessageTimerSeconds)] = async stage =>
        {
            var timer = Routes.ConversationTimer(await stage.GroupAsync());
            await LimitStage.BitesAsync(
                ErrorCodes.InvalidArgument, seconds => stage.Alice.RestAsync(HttpMethod.Put, timer, new ChangeTimerRequest(seconds)), Limits.MessageTimerSeconds);
        },
        [nameof(Limits.ConversationsPerUser)] = ConversationsAsync,
        [nameof(Limits.BlockedUsers)] = BlocksAsync,
    };

    private static async Task ConversationsAsync(LimitStage stage)
    {
        await using (var db = await StoredGroup.OpenAsync(stage.Stack))
        {
            for (var i = 1; i < Limits.ConversationsPerUser; i++)
            {
                db.Conversations.Add(Conversation.CreateGroup(Guid.CreateVersion7(), stage.Alice.UserId, "One of many", null, [], DateTime.UtcNow));
            }

            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var last = await stage.GroupAsync();
        var one = new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Direct, [stage.Bob.UserId]);
        Assert.Equal(ErrorCodes.LimitReached, (await stage.Alice.RestAsync(HttpMethod.Post, Routes.Conversations, one))?.Code);
        var other = new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Group, [], "Bob's");
        Assert.Null(await stage.Bob.RestAsync(HttpMethod.Post, Routes.Conversations, other));

        Assert.Null(await stage.Alice.RestAsync(HttpMethod.Delete, Routes.Conversation(last)));
        Assert.Null(await stage.Alice.RestAsync(HttpMethod.Post, Routes.Conversations, one));
    }

    private static async Task BlocksAsync(LimitStage stage)
    {
        var crowd = (await Crowd.CreateAsync(stage.Stack, users: Limits.BlockedUsers + 1, devicesEach: 0)).UserIds;
        Guid[] blocked = [.. crowd.Take(Limits.BlockedUsers - 1)];
        await stage.Hub.ExecuteAsync($"INSERT INTO blocks (blocker_id, blocked_id, created_at) SELECT {stage.Alice.UserId}, id, now() FROM unnest({blocked}) AS id");

        Assert.Null(await stage.Alice.RestAsync(HttpMethod.Put, Routes.Block(crowd[^2])));
        Assert.Equal(ErrorCodes.LimitReached, (await stage.Alice.RestAsync(HttpMethod.Put, Routes.Block(crowd[^1])))?.Code);
        Assert.Null(await stage.Alice.RestAsync(HttpMethod.Put, Routes.Block(crowd[^2])));
        Assert.Null(await stage.Bob.RestAsync(HttpMethod.Put, Routes.Block(crowd[^1])));

        Assert.Null(await stage.Alice.RestAsync(HttpMethod.Delete, Routes.Block(crowd[0])));
        Assert.Null(await stage.Alice.RestAsync(HttpMethod.Put, Routes.Block(crowd[^1])));
    }
}
