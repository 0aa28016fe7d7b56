using System.Net;
using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Client.Messages;
using ChatService.Client.Storage;
using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Upkeep;

public sealed class RetiredDeviceTests(AppHostFixture stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bob_is_away_for_ninety_days_and_comes_back_as_a_new_device_with_what_he_had()
    {
        await using var jobs = await WorkerJobs.CreateAsync(stack);
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        using var bob = await ApiUser.RegisterAsync(stack, hub: 2);
        await using var store = new InMemoryChatStore();
        Guid before;
        await using (var client = await ConnectAsync(bob, store))
        {
            before = client.DeviceId;
            var opened = await alice.Client.OpenDirectAsync(bob.Profile.Handle, Token);
            await alice.SayAsync(opened, "before");
            await HearsAsync(client, opened.Id, "before");
        }

        await jobs.ForgetAsync(before, days: 91);
        await jobs.Retirements.RetireAsync(DateTime.UtcNow, Token);

        // Alice need not know: what she writes is sealed to nobody who is not coming.
        var conversation = await alice.Client.OpenDirectAsync(bob.Profile.Handle, Token);
        await alice.SayAsync(conversation, "meanwhile");

        List<Guid> replaced = [];
        await using var back = await ConnectAsync(bob, store, replaced.Add);
        Assert.Equal([before], replaced);
        Assert.NotEqual(before, back.DeviceId);
        await alice.SayAsync(conversation, "after");
        await HearsAsync(back, conversation.Id, "after");
        var texts = (await back.HistoryAsync(conversation.Id, ct: Token)).Select(message => message.Text).ToList();
        Assert.Contains("before", texts);
        Assert.DoesNotContain("meanwhile", texts);

        await back.SendTextAsync(await back.OpenDirectAsync(alice.Handle, Token), "here again", Token);
        await alice.HearsAsync("here again");

        // Told once.
        await back.DisposeAsync();
        await using var again = await ConnectAsync(bob, store, replaced.Add);
        Assert.Equal([before], replaced);
    }

    [Fact]
    public async Task A_client_that_runs_when_its_device_is_retired_stops_and_says_why()
    {
        await using var jobs = await WorkerJobs.CreateAsync(stack);
        using var bob = await ApiUser.RegisterAsync(stack);
        await using var store = new InMemoryChatStore();
        await using var client = await ConnectAsync(bob, store);
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Events.DeviceRetired += told.SetResult;

        await jobs.ForgetAsync(client.DeviceId, days: 91);
        await jobs.Retirements.RetireAsync(DateTime.UtcNow, Token);

        await told.Task.WaitAsync(Patience.Limit, Token);
        Assert.Equal(ErrorCodes.DeviceRetired, client.Failure!.Code);
        var refused = await Assert.ThrowsAsync<ChatException>(() => client.ConnectAsync(Token));
        Assert.Equal(ErrorCodes.DeviceRetired, refused.Code);
    }

    [Fact]
    public async Task Only_the_owner_can_tell_a_retired_device_from_one_that_never_was()
    {
        await using var jobs = await WorkerJobs.CreateAsync(stack);
        await using var alice = await RawClient.ConnectAsync(stack, hub: 1);
        await using var bob = await RawClient.ConnectAsync(stack, hub: 2);
        var conversation = await Talk.DirectAsync(alice, bob);
        var second = await ApiDevice.RegisterAsync(bob.User);
        await jobs.ForgetAsync(second.Id, days: 91);
        await jobs.Retirements.RetireAsync(DateTime.UtcNow, Token);

        Assert.Equal(ErrorCodes.DeviceRetired, await bob.User.RefusedAsync(HttpMethod.Get, Routes.DeviceKeys(second.Id)));
        await using var returned = RawClient.Build(await stack.HubAsync(1), second.Id.ToString(), bob.User);
        Assert.Equal(ErrorCodes.DeviceRetired, (await RawClient.RefusedConnectionAsync(returned)).Code);

        var nobody = await alice.User.ProblemAsync(HttpMethod.Get, Routes.DeviceKeys(Guid.CreateVersion7()));
        Assert.Equal((HttpStatusCode.NotFound, ErrorCodes.DeviceUnknown), (nobody.Status, nobody.Code));
        Assert.Equal(nobody, await alice.User.ProblemAsync(HttpMethod.Get, Routes.DeviceKeys(second.Id)));
        await using var posing = RawClient.Build(await stack.HubAsync(1), second.Id.ToString(), alice.User);
        Assert.Equal(ErrorCodes.DeviceUnknown, (await RawClient.RefusedConnectionAsync(posing)).Code);

        // The members' list is shorter, and no message says when or why.
        var list = await alice.User.GetAsync<DeliveryList>($"{Routes.ConversationDevices(conversation)}?{Routes.DeviceParameter}={alice.DeviceId}");
        Assert.DoesNotContain(list.Devices, device => device.DeviceId == second.Id);
        Assert.Contains(list.Devices, device => device.DeviceId == bob.DeviceId);
        await Patience.UntilAsync(() => alice.KeyBundles.Contains((bob.User.Id, second.Id)), "Alice's cache is told to forget the list");
        Assert.DoesNotContain(await alice.CatchUpAsync(), message => message.SystemEvent?.Kind == SystemEventKind.DeviceRemoved);
    }

    private async Task<ChatClient> ConnectAsync(ApiUser user, IChatStore store, Action<Guid>? replaced = null)
    {
        var quick = new ReconnectPolicy { Base = TimeSpan.FromMilliseconds(200), Cap = TimeSpan.FromSeconds(1) };
        var client = await ChatClient.CreateAsync(await stack.HubAsync(2), user.Tokens, store, new() { Reconnect = quick }, Token);
        client.Events.DeviceReplaced += id => replaced?.Invoke(id);
        await client.ConnectAsync(Token);
        await client.CaughtUpAsync(Token).WaitAsync(Patience.Limit, Token);
        return client;
    }

    private static Task HearsAsync(ChatClient client, Guid conversationId, string text) => Patience.UntilAsync(
        async () => (await client.HistoryAsync(conversationId, ct: Token)).Any(message => message.Content is TextContent found && found.Text == text),
        $"Bob hears '{text}'");
}
