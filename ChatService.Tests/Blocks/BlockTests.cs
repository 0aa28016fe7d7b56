using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.Conversations;
using ChatService.Tests.Groups;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Tests.Blocks;

public sealed class BlockTests(AppHostFixture stack)
{
    [Fact]
    public async Task Who_is_blocked_opens_no_conversation_adds_to_no_group_and_hears_what_they_would_of_someone_who_is_gone()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var troll = await ApiUser.RegisterAsync(stack, hub: 2);
        using var gone = await ApiUser.RegisterAsync(stack);
        await alice.CallAsync(HttpMethod.Put, Routes.Block(troll.Id));
        await alice.CallAsync(HttpMethod.Put, Routes.Block(troll.Id));
        await gone.CallAsync(HttpMethod.Delete, Routes.OwnAccount, new DeleteAccountRequest(ApiUser.Password));
        var group = await Group.CreateAsync(troll);

        Func<Guid, (HttpMethod, string, object)>[] calls =
        [
            id => (HttpMethod.Post, Routes.Conversations, Direct(id)),
            id => (HttpMethod.Post, Routes.Conversations, new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Group, [id], "Come")),
            id => (HttpMethod.Post, Routes.ConversationMembers(group.Id), new AddMemberRequest(id)),
        ];
        foreach (var call in calls)
        {
            var (method, path, body) = call(alice.Id);
            var refusal = await troll.ProblemAsync(method, path, body);
            Assert.Equal(ErrorCodes.RecipientUnavailable, refusal.Code);
            (method, path, body) = call(gone.Id);
            Assert.Equal(await troll.ProblemAsync(method, path, body), refusal);
        }

        Assert.Equal(ErrorCodes.Forbidden, await alice.RefusedAsync(HttpMethod.Post, Routes.Conversations, Direct(troll.Id)));
        Assert.Empty(await alice.GetAsync<IReadOnlyList<ConversationDetails>>(Routes.Conversations));
        Assert.Equal(troll.Id, Assert.Single(await alice.GetAsync<IReadOnlyList<BlockedUser>>(Routes.Blocks)).UserId);
        Assert.Empty(await troll.GetAsync<IReadOnlyList<BlockedUser>>(Routes.Blocks));

        await alice.CallAsync(HttpMethod.Delete, Routes.Block(troll.Id));
        await alice.CallAsync(HttpMethod.Delete, Routes.Block(troll.Id));
        Assert.Null(await group.AddAsync(troll, alice.Id));
    }

    [Fact]
    public async Task A_third_person_may_have_both_in_a_group_and_the_blocked_one_brings_nobody_in_by_it()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var troll = await ApiUser.RegisterAsync(stack, hub: 2);
        using var carol = await ApiUser.RegisterAsync(stack);
        await alice.CallAsync(HttpMethod.Put, Routes.Block(troll.Id));

        var group = await Group.CreateAsync(carol, alice, troll);
        Assert.Null(await group.SetRoleAsync(carol, troll, ParticipantRole.Admin));
        Assert.Null(await group.RemoveAsync(troll, alice));

        Assert.Equal(ErrorCodes.RecipientUnavailable, await group.AddAsync(troll, alice.Id));
        Assert.Null(await group.AddAsync(carol, alice.Id));
    }

    [Fact]
    public async Task Nobody_blocks_themselves_or_somebody_who_does_not_exist()
    {
        using var alice = await ApiUser.RegisterAsync(stack);

        Assert.Equal(ErrorCodes.InvalidArgument, await alice.RefusedAsync(HttpMethod.Put, Routes.Block(alice.Id)));
        Assert.Equal(ErrorCodes.NotFound, await alice.RefusedAsync(HttpMethod.Put, Routes.Block(Guid.CreateVersion7())));
    }

    [Fact]
    public async Task Blocked_while_they_open_a_conversation_they_either_had_it_before_or_have_none()
    {
        using var alice = await ApiUser.RegisterAsync(stack);

        for (var round = 0; round < 3; round++)
        {
            using var other = await ApiUser.RegisterAsync(stack, hub: 2);
            var opening = other.TryAsync(HttpMethod.Post, Routes.Conversations, Direct(alice.Id));
            await alice.CallAsync(HttpMethod.Put, Routes.Block(other.Id));
            var code = await opening;

            await using var db = await StoredGroup.OpenAsync(stack);
            var direct = await db.Conversations.AsNoTracking()
                .SingleOrDefaultAsync(c => (c.DirectLowId == other.Id || c.DirectHighId == other.Id) && c.Type == ConversationType.Direct, TestContext.Current.CancellationToken);
            Assert.Equal(code, direct is null ? ErrorCodes.RecipientUnavailable : null);
            Assert.True(direct is null || direct.Blocks != Core.Conversations.DirectBlocks.None);
        }
    }

    private static CreateConversationRequest Direct(Guid other) => new(Guid.CreateVersion7(), ConversationType.Direct, [other]);
}
