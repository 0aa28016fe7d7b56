using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Conversations;

public sealed class DirectConversationTests(AppHostFixture stack)
{
    [Fact]
    public async Task Opened_by_both_at_once_through_both_hubs_it_is_one()
    {
        using var alice = await ApiUser.RegisterAsync(stack, hub: 1);
        using var bob = await ApiUser.RegisterAsync(stack, hub: 2);

        var opened = await Task.WhenAll(Enumerable.Range(0, 10).SelectMany(_ => new[] { OpenAsync(alice, bob.Id), OpenAsync(bob, alice.Id) }));

        var id = Assert.Single(opened.Select(conversation => conversation.Id).Distinct());
        Assert.Equal(id, Assert.Single(await alice.GetAsync<IReadOnlyList<ConversationDetails>>(Routes.Conversations)).Id);
        Assert.Equal([alice.Id, bob.Id], opened[0].Participants.Select(member => member.UserId).Order());
        Assert.All(opened[0].Participants, member => Assert.Equal(ParticipantRole.Member, member.Role));
    }

    [Fact]
    public async Task It_is_with_exactly_one_other_user_who_exists_and_nobody_changes_that()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var bob = await ApiUser.RegisterAsync(stack);
        using var carol = await ApiUser.RegisterAsync(stack);

        Assert.Equal(ErrorCodes.InvalidArgument, await RefusedAsync(alice, Direct(alice.Id)));
        Assert.Equal(ErrorCodes.InvalidArgument, await RefusedAsync(alice, Direct()));
        Assert.Equal(ErrorCodes.InvalidArgument, await RefusedAsync(alice, Direct(bob.Id, carol.Id)));
        Assert.Equal(ErrorCodes.InvalidArgument, await RefusedAsync(alice, Direct(bob.Id) with { Id = Guid.NewGuid() }));
        Assert.Equal(ErrorCodes.NotFound, await RefusedAsync(alice, Direct(Guid.CreateVersion7())));
        var direct = await OpenAsync(alice, bob.Id);
        Assert.Equal(
            ErrorCodes.InvalidArgument,
            await alice.RefusedAsync(HttpMethod.Post, Routes.ConversationMembers(direct.Id), new AddMemberRequest(carol.Id)));
        Assert.Equal(
            ErrorCodes.InvalidArgument, await alice.RefusedAsync(HttpMethod.Delete, Routes.ConversationMember(direct.Id, alice.Id)));
        Assert.Equal(ErrorCodes.InvalidArgument, await alice.RefusedAsync(HttpMethod.Delete, Routes.Conversation(direct.Id)));
    }

    private static CreateConversationRequest Direct(params Guid[] members) => new(Guid.CreateVersion7(), ConversationType.Direct, members);

    private static Task<ConversationDetails> OpenAsync(ApiUser user, Guid other) =>
        user.CallAsync<ConversationDetails>(HttpMethod.Post, Routes.Conversations, Direct(other));

    private static Task<string> RefusedAsync(ApiUser user, CreateConversationRequest request) =>
        user.RefusedAsync(HttpMethod.Post, Routes.Conversations, request);
}
