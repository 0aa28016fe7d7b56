using System.Collections.Concurrent;
using ChatService.Client;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Messages;
using ChatService.Client.Storage;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Client.Devices;

public sealed class OwnDevicesTests(AppHostFixture stack)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_device_is_told_to_the_first_and_to_contacts_and_so_is_its_removal()
    {
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        await using var bob = await TestPerson.CreateAsync(await stack.HubAsync(2));
        await alice.Client.SendTextAsync(await alice.Client.OpenDirectAsync(bob.Handle, Ct), "hello", Ct);
        await bob.TextsAsync(1);
        ConcurrentQueue<DeviceInfo> added = new(), removed = new();
        ConcurrentQueue<DeviceChange> seen = new();
        alice.Client.Events.OwnDeviceAdded += added.Enqueue;
        alice.Client.Events.OwnDeviceRemoved += removed.Enqueue;
        bob.Client.Events.DeviceChanged += (_, change) => seen.Enqueue(change);
        // Its first look at its own devices comes after it has connected.
        await Patience.UntilAsync(async () => await SeenAsync(alice.Client), "the phone has looked at its owner's devices");

        await using var store = new InMemoryChatStore();
        await using var tablet = await SignInAsync(alice, store, "tablet");
        await tablet.ConnectAsync(Ct);
        await Patience.UntilAsync(() => !added.IsEmpty, "the phone hears of the tablet");
        Assert.Equal((tablet.DeviceId, "tablet"), (Assert.Single(added).Id, added.First().Name));
        await bob.Client.SendTextAsync(await bob.Client.OpenDirectAsync(alice.Handle, Ct), "to both", Ct);
        await Patience.UntilAsync(() => seen.Any(change => change.Kind == DeviceChangeKind.Added && change.DeviceId == tablet.DeviceId), "Bob is shown the tablet");

        await alice.Client.People.RemoveDeviceAsync(tablet.DeviceId, Ct);
        await Patience.UntilAsync(() => removed.Any(device => device.Id == tablet.DeviceId), "the phone hears that the tablet went");
        Assert.Single(added);
    }

    [Fact]
    public async Task A_device_that_came_while_the_first_was_away_is_told_when_it_is_back()
    {
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        await Patience.UntilAsync(async () => await SeenAsync(alice.Client), "the phone has looked at its owner's devices");
        await alice.Client.DisposeAsync();
        await using var store = new InMemoryChatStore();
        await using var laptop = await SignInAsync(alice, store, "laptop");

        ConcurrentQueue<DeviceInfo> added = new();
        await alice.RestartAsync(client => client.Events.OwnDeviceAdded += added.Enqueue);

        await Patience.UntilAsync(() => !added.IsEmpty, "the phone hears of the laptop");
        Assert.Equal(laptop.DeviceId, Assert.Single(added).Id);
    }

    [Fact]
    public async Task A_device_is_renamed_and_the_seventh_is_refused_with_what_to_do()
    {
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        await alice.Client.People.RenameDeviceAsync(alice.Client.DeviceId, "the first one", Ct);
        List<IAsyncDisposable> open = [];
        for (var i = 2; i <= 6; i++)
        {
            var store = new InMemoryChatStore();
            open.Add(await SignInAsync(alice, store, $"device {i}"));
            open.Add(store);
        }

        await using var seventh = new InMemoryChatStore();
        var refused = await Assert.ThrowsAsync<ChatException>(() => SignInAsync(alice, seventh, "device 7"));

        Assert.Equal(ErrorCodes.LimitReached, refused.Code);
        Assert.Contains("remove one", refused.Message, StringComparison.Ordinal);
        var devices = await alice.Client.People.OwnDevicesAsync(Ct);
        Assert.Equal(["the first one", "device 2", "device 3", "device 4", "device 5", "device 6"], devices.Select(device => device.Name));
        foreach (var each in open)
        {
            await each.DisposeAsync();
        }
    }

    [Fact]
    public async Task What_is_read_on_one_is_read_on_all_and_a_group_says_how_many_have_it()
    {
        await using var alice = await TestPerson.CreateAsync(await stack.HubAsync(1));
        await using var bob = await TestPerson.CreateAsync(await stack.HubAsync(2));
        await using var carol = await TestPerson.CreateAsync(await stack.HubAsync(2));
        await using var store = new InMemoryChatStore();
        await using var tablet = await SignInAsync(bob, store, "tablet");
        await tablet.ConnectAsync(Ct);
        var group = await alice.Client.CreateGroupAsync("Three", [bob.Handle, carol.Handle], Ct);
        ConcurrentQueue<(Guid, long)> elsewhere = new();
        tablet.Events.ReadElsewhere += (conversation, sequence) => elsewhere.Enqueue((conversation, sequence));

        var sent = await alice.Client.SendTextAsync(group, "read this", Ct);
        await Patience.UntilAsync(async () => (await alice.Client.ReceiptsAsync(sent, Ct)).Delivered == 2, "both have it");
        await bob.Client.MarkReadAsync(await FirstAsync(bob.Client), Ct);

        await Patience.UntilAsync(() => elsewhere.Contains((group.Id, sent.Sequence!.Value)), "the tablet hears what the phone has read");
        Assert.Equal(sent.Sequence, await tablet.ReadThroughAsync(group.Id, Ct));
        Assert.Equal(sent.Sequence, await bob.Client.ReadThroughAsync(group.Id, Ct));
        await Patience.UntilAsync(async () => (await alice.Client.ReceiptsAsync(sent, Ct)).Read == 1, "Alice sees that one has read it");
        Assert.Equal(new(2, 1, 2), await alice.Client.ReceiptsAsync(sent, Ct));
        Assert.Equal(MessageState.Delivered, (await alice.Client.HistoryAsync(group.Id, ct: Ct)).Single(message => message.Id == sent.Id).State);
    }

    private static Task<ChatClient> SignInAsync(TestPerson person, IChatStore store, string name) => ChatClient.SignInAsync(
        person.Server, person.Handle, Accounts.TestAccount.GoodPassword, store, new() { DeviceName = name }, Ct);

    private static async Task<bool> SeenAsync(ChatClient client)
    {
        await using var transaction = await client.Parts.Store.BeginAsync(Ct);
        return await transaction.GetAsync(ClientTables.Device, "own-seen", Ct) is not null;
    }

    private static async Task<ChatMessage> FirstAsync(ChatClient client)
    {
        await foreach (var message in client.Messages(Ct))
        {
            if (message.Text is not null)
            {
                return message;
            }
        }

        throw new InvalidOperationException();
    }
}
