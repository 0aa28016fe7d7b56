using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.Conversations;

namespace ChatService.Tests.Groups;

/// <summary>Changes at the same moment, through both hubs, against the real database.</summary>
public sealed class ConcurrentChangeTests(AppHostFixture stack) : IAsyncLifetime
{
    private ApiUser _alice = null!;
    private ApiUser _bob = null!;
    private ApiUser _carol = null!;
    private ApiUser _dave = null!;

    private Guid[] Founders => [_alice.Id, _bob.Id, _carol.Id];

    public async ValueTask InitializeAsync()
    {
        var users = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => ApiUser.RegisterAsync(stack, hub: 1 + (number % 2))));
        (_alice, _bob, _carol, _dave) = (users[0], users[1], users[2], users[3]);
    }

    [Fact]
    public async Task Two_admins_who_remove_each_other_both_stay_and_two_whom_the_owner_removes_both_go()
    {
        var group = await Group.CreateAsync(_alice, _bob, _carol);
        Assert.Null(await group.SetRoleAsync(_alice, _bob, ParticipantRole.Admin));
        Assert.Null(await group.SetRoleAsync(_alice, _carol, ParticipantRole.Admin));

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).SelectMany(_ => new[] { group.RemoveAsync(_bob, _carol), group.RemoveAsync(_carol, _bob) }));

        Assert.All(answers, code => Assert.Equal(ErrorCodes.Forbidden, code));
        Assert.Equal(3, (await StoredGroup.AssertSoundAsync(stack, group.Id, Founders)).Participants.Count);

        var gone = await Task.WhenAll(
            group.RemoveAsync(_alice, _bob), group.RemoveAsync(_alice, _carol), group.LeaveAsync(_bob), group.LeaveAsync(_carol));

        Assert.All(gone, code => Assert.True(code is null or ErrorCodes.NotFound, code));
        Assert.Equal(_alice.Id, Assert.Single((await StoredGroup.AssertSoundAsync(stack, group.Id, Founders)).Participants).ChatUserId);
    }

    [Fact]
    public async Task An_owner_who_hands_over_and_leaves_at_once_leaves_exactly_one_owner_behind()
    {
        for (var round = 0; round < 5; round++)
        {
            var group = await Group.CreateAsync(_alice, _bob, _carol);

            var answers = await Task.WhenAll(
                group.SetRoleAsync(_alice, _bob, ParticipantRole.Owner),
                group.LeaveAsync(_alice),
                group.SetRoleAsync(_alice, _carol, ParticipantRole.Admin),
                group.LeaveAsync(_bob),
                group.RemoveAsync(_alice, _carol));

            Assert.All(answers, code => Assert.True(code is null or ErrorCodes.Forbidden or ErrorCodes.NotFound or ErrorCodes.InvalidArgument, code));
            Assert.Null(answers[1]);
            Assert.Null(answers[3]);
            Assert.InRange((await StoredGroup.AssertSoundAsync(stack, group.Id, Founders)).Participants.Count, 0, 1);
        }
    }

    [Fact]
    public async Task One_who_is_added_and_removed_and_leaves_all_at_once_is_in_or_out_and_never_half()
    {
        var group = await Group.CreateAsync(_alice, _bob, _carol);
        Assert.Null(await group.SetRoleAsync(_alice, _bob, ParticipantRole.Admin));

        for (var round = 0; round < 4; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 3).SelectMany(_ => new[]
            {
                group.AddAsync(_alice, _dave.Id), group.RemoveAsync(_bob, _dave), group.AddAsync(_bob, _dave.Id), group.RemoveAsync(_alice, _dave), group.LeaveAsync(_dave),
            }));

            Assert.All(answers, code => Assert.True(code is null or ErrorCodes.NotFound, code));
            await StoredGroup.AssertSoundAsync(stack, group.Id, Founders);
        }

        Assert.Null(await group.AddAsync(_alice, _dave.Id));
        var seen = await group.SeenByAsync(_dave);
        Assert.Equal(seen.LastSequence - 1, seen.VisibleAfter);
        Assert.Equal(
            SystemEventKind.MemberAdded,
            Assert.Single((await _dave.GetAsync<MessageHistory>(Routes.ConversationMessages(group.Id))).Messages).SystemEvent!.Kind);
    }

    [Fact]
    public async Task Whatever_four_people_do_at_once_no_rule_is_broken_and_the_system_messages_tell_it_all()
    {
        var group = await Group.CreateAsync(_alice, _bob, _carol);
        ApiUser[] all = [_alice, _bob, _carol, _dave];
        var dice = new Random(20260131);

        for (var round = 0; round < 6; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => AnythingAsync(group, all[dice.Next(4)], all[dice.Next(4)], dice.Next(8))));
            if ((await StoredGroup.AssertSoundAsync(stack, group.Id, Founders)).Participants.Count == 0)
            {
                return;
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var user in (ApiUser[])[_alice, _bob, _carol, _dave])
        {
            user.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private static async Task AnythingAsync(Group group, ApiUser actor, ApiUser subject, int what)
    {
        var code = await (what switch
        {
            0 => group.SetRoleAsync(actor, subject, ParticipantRole.Owner),
            1 => group.SetRoleAsync(actor, subject, ParticipantRole.Admin),
            2 => group.SetRoleAsync(actor, subject, ParticipantRole.Member),
            3 => group.RemoveAsync(actor, subject),
            4 => group.RenameAsync(actor, $"Named by {actor.Profile.Handle}"),
            5 => group.SetPictureAsync(actor, "https://example.com/group.png"),
            _ => group.AddAsync(actor, subject.Id),
        });
        Assert.True(code is null or ErrorCodes.Forbidden or ErrorCodes.NotFound or ErrorCodes.InvalidArgument, code);
    }
}
