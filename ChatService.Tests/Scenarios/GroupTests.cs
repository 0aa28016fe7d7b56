using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;

namespace ChatService.Tests.Scenarios;

public sealed class GroupTests(AppHostFixture stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alice_makes_a_group_Bob_becomes_an_admin_Dave_comes_Carol_has_to_go_and_Alice_hands_it_over()
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        await using var carol = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var dave = await Person.ConnectAsync(stack, await stack.HubAsync(2));

        var group = await alice.Client.CreateGroupAsync("Trip", [bob.Handle, carol.Handle], Token);
        await IsInAsync(bob, group);
        await IsInAsync(carol, group);
        await alice.SayAsync(group, "Where to?");
        await bob.HearsAsync("Where to?");
        await carol.HearsAsync("Where to?");
        group = await alice.Client.ChangeRoleAsync(group, bob.Id, ParticipantRole.Admin, Token);
        await alice.Client.RenameAsync(group, "Trip to the sea", Token);

        // Bob, on the other hub, brings Dave in, who sees nothing from before.
        await bob.Client.AddMemberAsync(group, dave.Handle, Token);
        await IsInAsync(dave, group);
        await alice.SayAsync(group, "Welcome, Dave");
        await dave.HearsAsync("Welcome, Dave");
        await bob.HearsAsync("Welcome, Dave");
        await carol.HearsAsync("Welcome, Dave");
        Assert.Equal(["Welcome, Dave"], dave.HeardTexts);

        // Carol is removed, and gets not one message more.
        await bob.Client.RemoveMemberAsync(group, carol.Id, Token);
        await alice.SayAsync(group, "Without Carol");
        await dave.HearsAsync("Without Carol");
        await Patience.UntilAsync(async () => await carol.Client.FindConversationAsync(group.Id, Token) is { IsMember: false }, "Carol knows");
        var refusal = await Assert.ThrowsAsync<ChatException>(() => carol.SayAsync(group, "May I?"));
        Assert.Equal(ErrorCodes.NotFound, refusal.Code);
        Assert.Equal(["Where to?", "Welcome, Dave"], carol.HeardTexts);

        // Alice hands over and leaves. Everyone else sees the same changes, in the same places, with names.
        await alice.Client.HandOverAsync(group, bob.Id, Token);
        await alice.Client.LeaveAsync(group, Token);
        foreach (var person in (Person[])[bob, dave])
        {
            await Patience.UntilAsync(async () => (await ChangesAsync(person, group.Id)).LastOrDefault()?.Event.Kind == SystemEventKind.MemberLeft, "they see Alice leave");
        }

        var seen = await ChangesAsync(bob, group.Id);
        Assert.Equal(
            [
                SystemEventKind.ConversationCreated, SystemEventKind.RoleChanged, SystemEventKind.ConversationRenamed, SystemEventKind.MemberAdded,
                SystemEventKind.MemberRemoved, SystemEventKind.OwnershipTransferred, SystemEventKind.MemberLeft,
            ],
            seen.Select(change => change.Event.Kind));
        Assert.Equal(seen.Skip(3), await ChangesAsync(dave, group.Id));
        var now = (await dave.Client.FindConversationAsync(group.Id, Token))!;
        Assert.Equal(("Trip to the sea", 2), (now.Title, now.Members.Count));
        Assert.Equal(ParticipantRole.Owner, now.Member(bob.Id)!.Role);
        Assert.Equal((alice.Handle, carol.Handle), (now.Known(alice.Id)!.Handle, now.Known(carol.Id)!.Handle));
        await bob.SayAsync(now, "On we go");
        await dave.HearsAsync("On we go");
    }

    [Fact]
    public async Task Who_stays_sees_that_someone_was_removed_although_nobody_writes_after_it()
    {
        // Nobody asks for what may be missing just because a minute has passed.
        var patient = new ChatClientOptions { SafetyPoll = TimeSpan.FromHours(1) };
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1), patient);
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2), patient);
        await using var carol = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        var group = await alice.Client.CreateGroupAsync("Three", [bob.Handle, carol.Handle], Token);
        await IsInAsync(bob, group);

        await alice.Client.RemoveMemberAsync(group, carol.Id, Token);

        foreach (var person in (Person[])[alice, bob])
        {
            await Patience.UntilAsync(async () => (await ChangesAsync(person, group.Id)).LastOrDefault()?.Event.Kind == SystemEventKind.MemberRemoved, $"@{person.Handle} sees it");
        }
    }

    [Fact]
    public async Task A_sender_whose_list_is_stale_is_told_exactly_what_changed()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        await using var carol = await RawClient.ConnectAsync(stack, 2);
        await using var dave = await RawClient.ConnectAsync(stack, 1);
        var group = await Talk.GroupAsync(alice, bob, carol);
        await alice.SendAsync(group, alice.EnvelopeFor(bob, carol));

        await alice.User.CallAsync(HttpMethod.Post, Routes.ConversationMembers(group), new AddMemberRequest(dave.User.Id));
        await alice.User.CallAsync(HttpMethod.Delete, Routes.ConversationMember(group, carol.User.Id));
        var stale = await RawClient.RefusedAsync(() => bob.SendAsync(group, bob.EnvelopeFor(alice, carol)));

        Assert.Equal(ErrorCodes.DeviceListStale, stale.Code);
        Assert.Equal(dave.DeviceId, Assert.Single(stale.MissingDevices!));
        Assert.Equal(carol.DeviceId, Assert.Single(stale.SurplusDevices!));
        await bob.SendAsync(group, bob.EnvelopeFor(alice, dave));
    }

    [Fact]
    public async Task While_members_come_and_go_on_the_other_hub_the_SDK_sends_on_and_nobody_hears_what_is_not_theirs()
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        await using var guest = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        var group = await alice.Client.CreateGroupAsync("Busy", [bob.Handle], Token);
        await IsInAsync(bob, group);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Token);

        var talking = TalkAsync(alice, group, enough.Token);
        for (var round = 0; round < 5; round++)
        {
            await alice.Account.CallAsync(HttpMethod.Post, Routes.ConversationMembers(group.Id), new AddMemberRequest(guest.Id));
            await Patience.UntilAsync(() => talking.Said.Count > (round * 2) + 1, "Alice talks on");
            await alice.Account.CallAsync(HttpMethod.Delete, Routes.ConversationMember(group.Id, guest.Id));
            await Patience.UntilAsync(() => talking.Said.Count > (round * 2) + 2, "Alice talks on");
        }

        await enough.CancelAsync();
        var said = await talking.End;
        await bob.HearsAtLeastAsync(said.Count);
        Assert.Equal(said.Select(message => message.Text), bob.HeardTexts);

        // The guest has what was said between an adding and the next removal, and nothing else.
        var comings = (await ChangesAsync(bob, group.Id)).Where(change => change.Event.SubjectId == guest.Id).ToList();
        bool WasIn(long sequence) => comings.LastOrDefault(change => change.Sequence < sequence)?.Event.Kind == SystemEventKind.MemberAdded;
        Assert.All(guest.Heard, message => Assert.True(WasIn(message.Sequence!.Value), $"{message.Sequence} is not theirs"));
    }

    private static async Task IsInAsync(Person person, Conversation group) =>
        await Patience.UntilAsync(async () => await person.Client.FindConversationAsync(group.Id, Token) is { IsMember: true }, $"@{person.Handle} is in the group");

    private static async Task<List<Change>> ChangesAsync(Person person, Guid group) =>
    [
        .. (await person.Client.HistoryAsync(group, limit: 200, ct: Token))
            .Where(message => message.Content is SystemContent { Event.Kind: not (SystemEventKind.DeviceAdded or SystemEventKind.DeviceRemoved) })
            .Select(message => new Change(message.Sequence!.Value, ((SystemContent)message.Content).Event)),
    ];

    private static (List<ChatMessage> Said, Task<List<ChatMessage>> End) TalkAsync(Person person, Conversation group, CancellationToken enough)
    {
        List<ChatMessage> said = [];
        return (said, Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    said.Add(await person.SayAsync(group, $"word {said.Count}"));
                }

                return said;
            },
            Token));
    }

    private sealed record Change(long Sequence, SystemEvent Event);
}
