using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Conversations;

public sealed class GroupRoleTests(AppHostFixture stack)
{
    [Fact]
    public async Task Each_role_may_do_what_it_may_and_no_more()
    {
        using var owner = await ApiUser.RegisterAsync(stack);
        using var admin = await ApiUser.RegisterAsync(stack, hub: 2);
        using var second = await ApiUser.RegisterAsync(stack);
        using var member = await ApiUser.RegisterAsync(stack);
        using var guest = await ApiUser.RegisterAsync(stack);
        var group = await Group.CreateAsync(owner, admin, second, member);
        Assert.Null(await group.SetRoleAsync(owner, admin, ParticipantRole.Admin));
        Assert.Null(await group.SetRoleAsync(owner, second, ParticipantRole.Admin));

        Assert.Equal(ErrorCodes.Forbidden, await group.RenameAsync(member));
        Assert.Equal(ErrorCodes.Forbidden, await group.AddAsync(member, guest.Id));
        Assert.Equal(ErrorCodes.Forbidden, await group.RemoveAsync(member, admin));
        Assert.Equal(ErrorCodes.Forbidden, await group.SetRoleAsync(member, member, ParticipantRole.Admin));
        Assert.Equal(ErrorCodes.Forbidden, await group.DeleteAsync(member));

        Assert.Null(await group.RenameAsync(admin));
        Assert.Null(await group.AddAsync(admin, guest.Id));
        Assert.Null(await group.AddAsync(admin, guest.Id));
        Assert.Null(await group.RemoveAsync(admin, guest));
        Assert.Equal(ErrorCodes.Forbidden, await group.RemoveAsync(admin, owner));
        Assert.Equal(ErrorCodes.Forbidden, await group.RemoveAsync(admin, second));
        Assert.Equal(ErrorCodes.Forbidden, await group.SetRoleAsync(admin, member, ParticipantRole.Admin));
        Assert.Equal(ErrorCodes.Forbidden, await group.SetRoleAsync(admin, admin, ParticipantRole.Owner));
        Assert.Equal(ErrorCodes.Forbidden, await group.DeleteAsync(admin));

        Assert.Null(await group.RemoveAsync(owner, second));
        Assert.Null(await group.SetRoleAsync(owner, admin, ParticipantRole.Owner));
        Assert.Equal(ErrorCodes.Forbidden, await group.DeleteAsync(owner));
        Assert.Null(await group.RemoveAsync(owner, owner));
        Assert.Null(await group.RemoveAsync(member, member));

        var seen = await group.SeenByAsync(admin);
        Assert.Equal((admin.Id, ParticipantRole.Owner), (Assert.Single(seen.Participants).UserId, seen.Participants[0].Role));
        Assert.Null(await group.DeleteAsync(admin));
        Assert.Equal(ErrorCodes.NotFound, await admin.RefusedAsync(HttpMethod.Get, Routes.Conversation(group.Id)));
    }

    [Fact]
    public async Task However_many_change_roles_at_once_there_is_exactly_one_owner()
    {
        using var alice = await ApiUser.RegisterAsync(stack, hub: 1);
        using var bob = await ApiUser.RegisterAsync(stack, hub: 2);
        using var carol = await ApiUser.RegisterAsync(stack, hub: 1);
        ApiUser[] all = [alice, bob, carol];
        var group = await Group.CreateAsync(alice, bob, carol);

        for (var round = 0; round < 4; round++)
        {
            var answers = await Task.WhenAll(
                from actor in all
                from subject in all
                from role in (ParticipantRole[])[ParticipantRole.Owner, ParticipantRole.Admin]
                select @group.SetRoleAsync(actor, subject, role));

            Assert.All(answers, code => Assert.True(code is null or ErrorCodes.Forbidden or ErrorCodes.InvalidArgument, code));
            var seen = await group.SeenByAsync(alice);
            Assert.Single(seen.Participants, member => member.Role == ParticipantRole.Owner);
            Assert.Equal(3, seen.Participants.Count);
        }

        var history = await alice.GetAsync<MessageHistory>(Routes.ConversationMessages(group.Id));
        Assert.Equal(Enumerable.Range(1, history.Messages.Count).Select(n => (long)n), history.Messages.Select(message => message.Sequence));
    }

    [Fact]
    public async Task Creating_a_group_again_is_the_same_group_and_anothers_id_is_taken()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var bob = await ApiUser.RegisterAsync(stack, hub: 2);
        var id = Guid.CreateVersion7();

        var made = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ =>
            alice.CallAsync<ConversationDetails>(HttpMethod.Post, Routes.Conversations, Group.Request(id, bob))));

        Assert.All(made, group => Assert.Equal((id, 1L), (group.Id, group.LastSequence)));
        Assert.Single(await bob.GetAsync<IReadOnlyList<ConversationDetails>>(Routes.Conversations));
        Assert.Equal(ErrorCodes.Conflict, await bob.RefusedAsync(HttpMethod.Post, Routes.Conversations, Group.Request(id, alice)));
    }
}
