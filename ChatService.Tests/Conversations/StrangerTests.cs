using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Conversations;

public sealed class StrangerTests(AppHostFixture stack)
{
    [Fact]
    public async Task A_stranger_and_a_removed_member_learn_no_more_than_that_there_is_nothing()
    {
        using var owner = await ApiUser.RegisterAsync(stack);
        using var stranger = await ApiUser.RegisterAsync(stack, hub: 2);
        using var removed = await ApiUser.RegisterAsync(stack);
        var group = await Group.CreateAsync(owner, removed);
        Assert.Null(await group.RemoveAsync(owner, removed));
        (HttpMethod Method, Func<Guid, string> Path, object? Body)[] calls =
        [
            (HttpMethod.Get, Routes.Conversation, null),
            (HttpMethod.Get, Routes.ConversationDevices, null),
            (HttpMethod.Get, Routes.ConversationMessages, null),
            (HttpMethod.Patch, Routes.Conversation, new UpdateConversationRequest("Mine")),
            (HttpMethod.Delete, Routes.Conversation, null),
            (HttpMethod.Post, Routes.ConversationMembers, new AddMemberRequest(stranger.Id)),
            (HttpMethod.Post, Routes.ConversationMembers, new AddMemberRequest(Guid.CreateVersion7())),
            (HttpMethod.Delete, id => Routes.ConversationMember(id, owner.Id), null),
            (HttpMethod.Delete, id => Routes.ConversationMember(id, Guid.CreateVersion7()), null),
            (HttpMethod.Put, id => Routes.ConversationMemberRole(id, owner.Id), new ChangeRoleRequest(ParticipantRole.Member)),
            (HttpMethod.Put, id => Routes.ConversationMemberRole(id, stranger.Id), new ChangeRoleRequest(ParticipantRole.Owner)),
        ];

        foreach (var (method, path, body) in calls)
        {
            var nothing = await stranger.ProblemAsync(method, path(Guid.CreateVersion7()), body);
            Assert.Equal(ErrorCodes.NotFound, nothing.Code);
            Assert.Equal(nothing, await stranger.ProblemAsync(method, path(group.Id), body));
            Assert.Equal(nothing, await removed.ProblemAsync(method, path(group.Id), body));
        }

        foreach (var user in (ApiUser[])[stranger, removed])
        {
            var self = await user.ProblemAsync(HttpMethod.Delete, Routes.ConversationMember(group.Id, user.Id));
            Assert.Equal(await user.ProblemAsync(HttpMethod.Delete, Routes.ConversationMember(Guid.CreateVersion7(), user.Id)), self);
            Assert.Empty(await user.GetAsync<IReadOnlyList<ConversationDetails>>(Routes.Conversations));
        }
    }
}
