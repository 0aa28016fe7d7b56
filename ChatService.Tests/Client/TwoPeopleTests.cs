using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Client.Messages;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Tests.Client;

public class TwoPeopleTests(AppHostFixture stack)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_people_talk_through_two_hubs_restart_and_have_everything_once()
    {
        await stack.StartAsync();
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        await using var bob = await TestPerson.CreateAsync(await stack.HubAsync(2));

        var withBob = await alice.Client.OpenDirectAsync(bob.Handle, Ct);
        await alice.Client.SendTextAsync(withBob, "hello", Ct);
        Assert.Equal(["hello"], await bob.TextsAsync(1));

        var withAlice = await bob.Client.OpenDirectAsync(alice.Handle, Ct);
        Assert.Equal(withBob.Id, withAlice.Id);
        await bob.Client.SendTextAsync(withAlice, "hello yourself", Ct);
        Assert.Equal(["hello yourself"], await alice.TextsAsync(1));

        await bob.Client.DisposeAsync();
        await alice.Client.SendTextAsync(withBob, "are you there?", Ct);
        await alice.Client.SendTextAsync(withBob, "well?", Ct);
        await bob.RestartAsync();
        Assert.Equal(["are you there?", "well?"], await bob.TextsAsync(2));
        await bob.Client.SendTextAsync(withAlice, "back", Ct);

        await alice.RestartAsync();
        await alice.Client.CaughtUpAsync(Ct);
        await bob.RestartAsync();
        await bob.Client.CaughtUpAsync(Ct);
        string[] all = ["hello", "hello yourself", "are you there?", "well?", "back"];
        Assert.Equal(all, await alice.HistoryAsync(withBob.Id));
        Assert.Equal(all, await bob.HistoryAsync(withBob.Id));
    }

    [Fact]
    public async Task Both_write_at_once_and_end_with_the_same_conversation()
    {
        await stack.StartAsync();
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        await using var bob = await TestPerson.CreateAsync(await stack.HubAsync(2));
        var conversation = await alice.Client.OpenDirectAsync(bob.Handle, Ct);
        await bob.Client.OpenDirectAsync(alice.Handle, Ct);

        var sending = Enumerable.Range(0, 30).SelectMany(i => new[]
        {
            alice.Client.SendAsync(conversation.Id, new TextContent($"a{i}"), Ct),
            bob.Client.SendAsync(conversation.Id, new TextContent($"b{i}"), Ct),
        }).ToArray();
        await Task.WhenAll(sending);
        await Task.WhenAll(alice.TextsAsync(30), bob.TextsAsync(30));

        var history = await alice.HistoryAsync(conversation.Id);
        Assert.Equal(history, await bob.HistoryAsync(conversation.Id));
        Assert.Equal(60, history.Distinct().Count());
        Assert.Equal(60, history.Length);
    }

    [Fact]
    public async Task A_gap_in_the_live_messages_is_filled_by_catching_up()
    {
        await stack.StartAsync();
        // Without the slow poll only the gap itself can bring the missing message.
        await using var bob = await TestPerson.CreateAsync(await stack.HubAsync(2), new() { SafetyPoll = TimeSpan.FromHours(1) });
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        var conversation = await alice.Client.OpenDirectAsync(bob.Handle, Ct);
        await alice.Client.SendTextAsync(conversation, "one", Ct);
        await bob.TextsAsync(1);

        await bob.Client.Parts.CallAsync(hub => hub.LeaveRoom(conversation.Id), Ct);
        await alice.Client.SendTextAsync(conversation, "two, unheard", Ct);
        await bob.Client.Parts.CallAsync(hub => hub.JoinRoom(conversation.Id), Ct);
        await alice.Client.SendTextAsync(conversation, "three", Ct);

        Assert.Equal(["one", "two, unheard", "three"], await bob.TextsAsync(3));
    }

    [Fact]
    public async Task The_sender_learns_that_a_message_was_delivered_and_read()
    {
        await stack.StartAsync();
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        await using var bob = await TestPerson.CreateAsync(await stack.HubAsync(2));
        var conversation = await alice.Client.OpenDirectAsync(bob.Handle, Ct);
        TaskCompletionSource delivered = new(), read = new();
        alice.Client.Events.ReceiptsMoved += progress =>
        {
            if (progress.DeliveredThrough > 0)
                delivered.TrySetResult();
            if (progress.ReadThrough > 0)
                read.TrySetResult();
        };

        await alice.Client.SendTextAsync(conversation, "seen?", Ct);
        await delivered.Task.WaitAsync(Ct);
        await foreach (var message in bob.Client.Messages(Ct))
        {
            if (message.Content is not TextContent)
                continue;
            await bob.Client.MarkReadAsync(message, Ct);
            break;
        }

        await read.Task.WaitAsync(Ct);
        Assert.Equal(MessageState.Read, (await alice.Client.HistoryAsync(conversation.Id, ct: Ct)).Single(message => message.IsOwn && message.Text == "seen?").State);
    }

    [Fact]
    public async Task A_second_device_gets_what_is_written_after_it_came_also_what_its_owner_writes()
    {
        await stack.StartAsync();
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        await using var bob = await TestPerson.CreateAsync(await stack.HubAsync(2));
        var conversation = await alice.Client.OpenDirectAsync(bob.Handle, Ct);
        await alice.Client.SendTextAsync(conversation, "before", Ct);

        await using var store = new ChatService.Client.Storage.InMemoryChatStore();
        await using var second = await ChatClient.SignInAsync(alice.Server, alice.Handle, Accounts.TestAccount.GoodPassword, store, ct: Ct);
        await second.ConnectAsync(Ct);
        await alice.Client.SendTextAsync(conversation, "from the first device", Ct);
        await bob.Client.SendAsync(conversation.Id, new TextContent("to both"), Ct);

        List<string> texts = [];
        await foreach (var message in second.Messages(Ct))
        {
            if (message.Text is { } text)
                texts.Add($"{text}, own: {message.IsOwn}");
            if (texts.Count == 2)
                break;
        }

        Assert.Equal(["from the first device, own: True", "to both, own: False"], texts);
    }

    [Theory]
    [InlineData(HubTransport.Automatic, false)]
    [InlineData(HubTransport.Automatic, true)]
    [InlineData(HubTransport.WebSocketsOnly, false)]
    [InlineData(HubTransport.WebSocketsOnly, true)]
    [InlineData(HubTransport.ServerSentEvents, false)]
    [InlineData(HubTransport.LongPolling, false)]
    [InlineData(HubTransport.LongPolling, true)]
    public async Task Every_transport_and_protocol_goes_through_the_gateway(HubTransport transport, bool messagePack)
    {
        await stack.StartAsync();
        var options = new ChatClientOptions
        {
            Transport = transport,
            ConfigureHub = messagePack ? builder => builder.AddMessagePackProtocol() : null,
        };
        await using var alice = await TestPerson.CreateAsync(await stack.GatewayAsync(), options);
        await using var bob = await TestPerson.CreateAsync(await stack.GatewayAsync(), options);
        var conversation = await alice.Client.OpenDirectAsync(bob.Handle, Ct);

        await alice.Client.SendTextAsync(conversation, "hello", Ct);
        Assert.Equal(["hello"], await bob.TextsAsync(1));
        await bob.Client.SendAsync(conversation.Id, new TextContent("back"), Ct);
        Assert.Equal(["back"], await alice.TextsAsync(1));
    }

    [Fact]
    public async Task Both_see_the_same_safety_number()
    {
        await stack.StartAsync();
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        await using var bob = await TestPerson.CreateAsync(await stack.HubAsync(2));

        var seenByAlice = await alice.Client.People.SafetyNumberAsync(await alice.Client.OpenDirectAsync(bob.Handle, Ct), Ct);
        var seenByBob = await bob.Client.People.SafetyNumberAsync(await bob.Client.OpenDirectAsync(alice.Handle, Ct), Ct);

        Assert.Matches("^[0-9]{60}$", seenByAlice);
        Assert.Equal(seenByAlice, seenByBob);
    }

    [Fact]
    public async Task Nothing_goes_to_a_new_device_of_a_verified_contact_until_it_is_accepted()
    {
        await stack.StartAsync();
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        await using var bob = await TestPerson.CreateAsync(await stack.HubAsync(2));
        var conversation = await alice.Client.OpenDirectAsync(bob.Handle, Ct);
        await alice.Client.SendTextAsync(conversation, "first", Ct);
        await alice.Client.People.MarkVerifiedAsync(conversation.Other!.UserId, await alice.Client.People.SafetyNumberAsync(conversation, Ct), Ct);
        var changed = new TaskCompletionSource<ChatService.Client.Encryption.Trust.DeviceChange>();
        alice.Client.Events.DeviceChanged += (_, change) => changed.TrySetResult(change);

        await using var store = new ChatService.Client.Storage.InMemoryChatStore();
        await using var second = await ChatClient.SignInAsync(bob.Server, bob.Handle, Accounts.TestAccount.GoodPassword, store, ct: Ct);
        var refused = await Assert.ThrowsAsync<ChatException>(() => alice.Client.SendTextAsync(conversation, "second", Ct));

        Assert.Equal(ClientErrorCodes.UnconfirmedDevice, refused.Code);
        var failed = Assert.Single(await alice.Client.PendingAsync(conversation.Id, Ct));
        Assert.Equal(MessageState.Failed, failed.State);
        await alice.Client.People.AcceptDeviceAsync(await changed.Task.WaitAsync(Ct), Ct);
        Assert.True(await alice.Client.RetryAsync(conversation.Id, failed.Id, Ct));
        Assert.Equal(["first", "second"], await bob.TextsAsync(2));
    }

    [Fact]
    public async Task A_device_that_its_owner_removed_stops_and_says_so()
    {
        await stack.StartAsync();
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        await using var store = new ChatService.Client.Storage.InMemoryChatStore();
        await using var second = await ChatClient.SignInAsync(await stack.HubAsync(2), alice.Handle, Accounts.TestAccount.GoodPassword, store, ct: Ct);
        var disconnected = new TaskCompletionSource();
        second.Events.ConnectionChanged += state =>
        {
            if (state == ConnectionState.Disconnected)
                disconnected.TrySetResult();
        };
        await second.ConnectAsync(Ct);

        await alice.Client.People.RemoveDeviceAsync(second.DeviceId, Ct);

        await disconnected.Task.WaitAsync(Ct);
        Assert.Equal(ErrorCodes.DeviceUnknown, second.Failure?.Code);
        Assert.Equal(ErrorCodes.DeviceUnknown, (await Assert.ThrowsAsync<ChatException>(() => second.ConnectAsync(Ct))).Code);
    }
}
