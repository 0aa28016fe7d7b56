using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Conversations;

public sealed class HistoryTests(AppHostFixture stack)
{
    [Fact]
    public async Task Pages_are_ascending_bounded_and_begin_where_the_members_view_begins()
    {
        using var owner = await ApiUser.RegisterAsync(stack);
        using var late = await ApiUser.RegisterAsync(stack, hub: 2);
        var group = await Group.CreateAsync(owner);
        for (var name = 2; name <= 10; name++)
        {
            Assert.Null(await group.RenameAsync(owner, $"Name {name}"));
        }

        Assert.Null(await group.AddAsync(owner, late.Id));

        await AssertPageAsync(owner, group, "", 1, 11);
        await AssertPageAsync(owner, group, "?limit=3", 9, 11);
        await AssertPageAsync(owner, group, "?after=0&limit=3", 1, 3);
        await AssertPageAsync(owner, group, "?after=3&limit=3", 4, 6);
        await AssertPageAsync(owner, group, "?before=6&limit=3", 3, 5);
        await AssertPageAsync(owner, group, "?after=2&before=5", 3, 4);
        await AssertPageAsync(owner, group, "?after=11", 1, 0);
        await AssertPageAsync(owner, group, "?before=1", 1, 0);
        await AssertPageAsync(late, group, "?after=0", 11, 11);
        await AssertPageAsync(late, group, "?before=11", 1, 0);
        Assert.Equal(10, (await group.SeenByAsync(late)).VisibleAfter);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=-1")]
    [InlineData("after=-1")]
    [InlineData("before=-1")]
    [InlineData("after=x")]
    [InlineData("before=99999999999999999999")]
    public async Task A_page_outside_the_bounds_is_refused(string query)
    {
        using var owner = await ApiUser.RegisterAsync(stack);
        var group = await Group.CreateAsync(owner);

        Assert.Equal(
            ErrorCodes.InvalidArgument, await owner.RefusedAsync(HttpMethod.Get, $"{Routes.ConversationMessages(group.Id)}?{query}"));
    }

    private static async Task AssertPageAsync(ApiUser user, Group group, string query, int first, int last)
    {
        var page = await user.GetAsync<MessageHistory>(Routes.ConversationMessages(group.Id) + query);
        Assert.Equal(Enumerable.Range(first, last - first + 1).Select(n => (long)n), page.Messages.Select(message => message.Sequence));
        Assert.Equal(11, page.LastSequence);
    }
}
