using System.Text.Json;
using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;
using ChatService.Tests.Scenarios;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Tests.Groups;

public sealed class FullConversationTests(AppHostFixture stack)
{
    [Fact]
    public async Task A_conversation_has_128_devices_and_a_member_who_registers_one_more_is_not_locked_out()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var crowd = await Crowd.CreateAsync(stack, users: 21, devicesEach: 6);
        var one = await Crowd.CreateAsync(stack, users: 1, devicesEach: 1);
        var group = await CreateAsync(alice, [bob.User.Id, .. crowd.UserIds]);
        await bob.CallAsync(nameof(IChatHub.JoinRoom), group);

        // 126 of the crowd, Alice's and Bob's: full.
        var full = await alice.SendAsync(group, RawEnvelope.For(alice.DeviceId, [bob.DeviceId, .. crowd.DeviceIds]));
        await bob.ReceivesAsync(full.MessageId);
        Assert.Equal(
            ErrorCodes.LimitReached,
            await alice.User.RefusedAsync(HttpMethod.Post, Routes.ConversationMembers(group), new AddMemberRequest(one.UserIds[0])));
        Assert.Equal(
            ErrorCodes.LimitReached,
            await alice.User.RefusedAsync(HttpMethod.Post, Routes.Conversations, Request([bob.User.Id, .. crowd.UserIds, .. one.UserIds])));

        // Bob's second device is registered all the same; it waits outside this conversation, and is in every other.
        await using var tablet = await RawClient.ConnectAsync(stack, 1, bob.User);
        var refusal = await RawClient.RefusedAsync(() => tablet.SendAsync(group, RawEnvelope.For(tablet.DeviceId, [alice.DeviceId, bob.DeviceId, .. crowd.DeviceIds])));
        Assert.Equal(ErrorCodes.LimitReached, refusal.Code);
        Assert.Equal(refusal, await RawClient.RefusedAsync(() => AskAsync(tablet, group, RawEnvelope.For(tablet.DeviceId, [alice.DeviceId]))));
        await alice.SendAsync(group, RawEnvelope.For(alice.DeviceId, [bob.DeviceId, .. crowd.DeviceIds]));
        var stale = await RawClient.RefusedAsync(() => alice.SendAsync(group, RawEnvelope.For(alice.DeviceId, [bob.DeviceId, tablet.DeviceId, .. crowd.DeviceIds.Skip(1)])));
        Assert.Equal((ErrorCodes.DeviceListStale, tablet.DeviceId, crowd.DeviceIds[0]), (stale.Code, Assert.Single(stale.SurplusDevices!), Assert.Single(stale.MissingDevices!)));

        // The first one goes, and the second takes its place.
        await bob.User.CallAsync(HttpMethod.Delete, Routes.Device(bob.DeviceId));
        var changed = await RawClient.RefusedAsync(() => alice.SendAsync(group, RawEnvelope.For(alice.DeviceId, [bob.DeviceId, .. crowd.DeviceIds])));
        Assert.Equal((bob.DeviceId, tablet.DeviceId), (Assert.Single(changed.SurplusDevices!), Assert.Single(changed.MissingDevices!)));
        await tablet.CallAsync(nameof(IChatHub.JoinRoom), group);
        var last = await alice.SendAsync(group, RawEnvelope.For(alice.DeviceId, [tablet.DeviceId, .. crowd.DeviceIds]));
        await tablet.ReceivesAsync(last.MessageId);
        await tablet.SendAsync(group, RawEnvelope.For(tablet.DeviceId, [alice.DeviceId, .. crowd.DeviceIds]));
    }

    [Fact]
    public async Task Nobody_is_put_into_so_many_groups_that_none_is_left_for_what_they_do_themselves()
    {
        using var attacker = await ApiUser.RegisterAsync(stack);
        using var victim = await ApiUser.RegisterAsync(stack, hub: 2);
        using var friend = await ApiUser.RegisterAsync(stack);
        var group = await Conversations.Group.CreateAsync(attacker);
        await FillAsync(attacker.Id, victim.Id, Limits.ConversationsPerUser - Limits.ConversationsKeptFree - 1);

        Assert.Null(await group.AddAsync(attacker, victim.Id));
        var another = await Conversations.Group.CreateAsync(attacker);
        Assert.Equal(ErrorCodes.LimitReached, await another.AddAsync(attacker, victim.Id));
        Assert.Equal(
            ErrorCodes.LimitReached,
            await attacker.RefusedAsync(HttpMethod.Post, Routes.Conversations, Conversations.Group.Request(Guid.CreateVersion7(), victim)));

        await victim.CallAsync<ConversationDetails>(HttpMethod.Post, Routes.Conversations, Conversations.Group.Request(Guid.CreateVersion7(), friend));
        await friend.CallAsync<ConversationDetails>(
            HttpMethod.Post, Routes.Conversations, new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Direct, [victim.Id]));
        await ApiDevice.RegisterAsync(victim);
    }

    private static async Task AskAsync(RawClient client, Guid conversationId, RawEnvelope envelope)
    {
        var prompt = JsonSerializer.Serialize(new SealedPrompt(envelope.EncryptedContent, envelope.Nonce, envelope.AuthTag), JsonSerializerOptions.Web);
        await foreach (var _ in client.Hub.StreamAsync<string>(nameof(IChatHub.StreamAIResponse), conversationId, prompt, TestContext.Current.CancellationToken))
        {
        }
    }

    private async Task FillAsync(Guid owner, Guid member, int count)
    {
        await using var db = await StoredGroup.OpenAsync(stack);
        for (var i = 0; i < count; i++)
        {
            db.Conversations.Add(Conversation.CreateGroup(Guid.CreateVersion7(), owner, "Spam", null, [member], DateTime.UtcNow));
        }

        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
    }

    private static CreateConversationRequest Request(IReadOnlyList<Guid> members) => new(Guid.CreateVersion7(), ConversationType.Group, members, "Full");

    private static async Task<Guid> CreateAsync(RawClient owner, IReadOnlyList<Guid> members)
    {
        var details = await owner.User.CallAsync<ConversationDetails>(HttpMethod.Post, Routes.Conversations, Request(members));
        await owner.CallAsync(nameof(IChatHub.JoinRoom), details.Id);
        return details.Id;
    }
}
