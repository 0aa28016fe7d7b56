using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.Conversations;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Groups;

public sealed class SuccessionTests(AppHostFixture stack)
{
    [Fact]
    public async Task An_owner_who_leaves_is_followed_by_the_oldest_admin_else_the_oldest_member_and_with_the_last_one_the_group_ends()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var bob = await ApiUser.RegisterAsync(stack, hub: 2);
        using var carol = await ApiUser.RegisterAsync(stack);
        using var dave = await ApiUser.RegisterAsync(stack, hub: 2);
        var group = await Group.CreateAsync(alice, bob);
        Assert.Null(await group.AddAsync(alice, carol.Id));
        Assert.Null(await group.AddAsync(alice, dave.Id));
        Assert.Null(await group.SetRoleAsync(alice, dave, ParticipantRole.Admin));
        Assert.Null(await group.SetRoleAsync(alice, carol, ParticipantRole.Admin));

        Assert.Null(await group.LeaveAsync(alice));
        Assert.Equal(carol.Id, (await OwnerAsync(group, bob)).UserId);
        Assert.Null(await group.LeaveAsync(carol));
        Assert.Equal(dave.Id, (await OwnerAsync(group, bob)).UserId);
        Assert.Null(await group.LeaveAsync(dave));
        Assert.Equal(bob.Id, (await OwnerAsync(group, bob)).UserId);

        var told = (await bob.GetAsync<MessageHistory>(Routes.ConversationMessages(group.Id))).Messages.TakeLast(6).Select(message => message.SystemEvent!).ToList();
        Assert.Equal(
            [
                (SystemEventKind.OwnershipTransferred, alice.Id, carol.Id), (SystemEventKind.MemberLeft, alice.Id, alice.Id),
                (SystemEventKind.OwnershipTransferred, carol.Id, dave.Id), (SystemEventKind.MemberLeft, carol.Id, carol.Id),
                (SystemEventKind.OwnershipTransferred, dave.Id, bob.Id), (SystemEventKind.MemberLeft, dave.Id, dave.Id),
            ],
            told.Select(change => (change.Kind, change.ActorId, change.SubjectId!.Value)));
        await StoredGroup.AssertSoundAsync(stack, group.Id, [alice.Id, bob.Id]);

        Assert.Null(await group.LeaveAsync(bob));
        Assert.Equal(ErrorCodes.NotFound, await bob.RefusedAsync(HttpMethod.Get, Routes.Conversation(group.Id)));
        Assert.Empty((await StoredGroup.OpenAsync(stack)).Participants.Where(member => member.ConversationId == group.Id));
    }

    [Fact]
    public async Task The_assistant_is_a_member_and_never_more_and_a_group_of_it_alone_ends()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        // It appears when the worker has made it, which the hubs do not wait for.
        await Patience.UntilAsync(async () => await alice.TryAsync(HttpMethod.Get, Routes.User("gpt")) is null, "the assistant is there");
        var assistant = await alice.GetAsync<UserProfile>(Routes.User("gpt"));
        var group = await Group.CreateAsync(alice);
        Assert.Null(await group.AddAsync(alice, assistant.Id));

        foreach (var role in (ParticipantRole[])[ParticipantRole.Admin, ParticipantRole.Owner])
        {
            Assert.Equal(
                ErrorCodes.InvalidArgument,
                await alice.RefusedAsync(HttpMethod.Put, Routes.ConversationMemberRole(group.Id, assistant.Id), new ChangeRoleRequest(role)));
        }

        Assert.True((await group.SeenByAsync(alice)).Participants.Single(member => member.UserId == assistant.Id).IsAssistant);
        Assert.Null(await group.LeaveAsync(alice));
        await using var db = await StoredGroup.OpenAsync(stack);
        Assert.Empty(db.Participants.Where(member => member.ConversationId == group.Id));
    }

    private static async Task<Participant> OwnerAsync(Group group, ApiUser viewer) =>
        Assert.Single((await group.SeenByAsync(viewer)).Participants, member => member.Role == ParticipantRole.Owner);
}
