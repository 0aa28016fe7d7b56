using System.Text.Json;
using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Storage;
using ChatService.Contracts;
using ChatService.Tests.Encryption;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatService.Tests.Client;

public sealed class DeliveryListsTests : IDisposable
{
    private readonly Guid _conversation = Guid.CreateVersion7();
    private readonly AnsweringApi _server = new();
    private readonly InMemoryChatStore _store = new();
    private readonly List<DeviceChange> _changes = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_device_of_somebody_who_is_not_a_member_is_refused_and_not_pinned()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), ghost = await TestDevice.CreateAsync();
        await KnowAsync(alice, bob);
        ServerHas([alice, bob], [bob, ghost]);

        var e = await Assert.ThrowsAsync<EncryptionException>(() => CreateLists(alice).GetAsync(_conversation, Ct));

        Assert.Equal(EncryptionError.UntrustedBundle, e.Error);
        Assert.Equal([ghost.DeviceId], e.DeviceIds);
        Assert.Single(_server.Asked, Routes.Conversation(_conversation));
        await using var transaction = await _store.BeginAsync(Ct);
        Assert.Null(await PinnedDevices.FindAsync(transaction, ghost.DeviceId, Ct));
    }

    [Fact]
    public async Task Somebody_who_has_just_joined_is_recognised_after_asking_for_the_members_once()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), carol = await TestDevice.CreateAsync();
        await KnowAsync(alice, bob);
        ServerHas([alice, bob, carol], [bob, carol]);

        var list = await CreateLists(alice).GetAsync(_conversation, Ct);

        Assert.Equal([bob.DeviceId, carol.DeviceId], list.Devices.Select(device => device.DeviceId));
        Assert.Single(_server.Asked, Routes.Conversation(_conversation));
    }

    [Fact]
    public async Task A_new_device_of_ones_own_is_always_announced_and_a_contacts_first_is_not()
    {
        TestDevice alice = await TestDevice.CreateAsync(), second = await TestDevice.CreateAsync(userId: alice.UserId), bob = await TestDevice.CreateAsync();
        await KnowAsync(alice, bob);
        ServerHas([alice, bob], [second, bob]);

        await CreateLists(alice).GetAsync(_conversation, Ct);

        Assert.Equal(new DeviceChange(DeviceChangeKind.Added, alice.UserId, second.DeviceId, second.Published.Identity), Assert.Single(_changes));
    }

    public void Dispose() => _server.Dispose();

    private DeliveryLists CreateLists(TestDevice own)
    {
        var events = new ChatEvents(NullLogger.Instance);
        events.DeviceChanged += (_, change) => _changes.Add(change);
        var api = _server.CreateApi();
        return new(_store, api, new ConversationDirectory(_store, api, own.UserId, events), new PinnedDevices(), own.UserId, own.DeviceId, events);
    }

    private async Task KnowAsync(params TestDevice[] members)
    {
        await using var transaction = await _store.BeginAsync(Ct);
        await ConversationStore.SaveAsync(transaction, Details(members), Ct);
        await transaction.CommitAsync(Ct);
    }

    private void ServerHas(TestDevice[] members, TestDevice[] devices)
    {
        var list = new DeliveryList(_conversation, 1, [.. devices.Select(device =>
            new DeliveryDevice(device.DeviceId, device.UserId, Convert.ToBase64String(device.Published.Identity.ToPublicKey()), IsAssistant: false))]);
        _server.Answer(Routes.ConversationDevices(_conversation), JsonSerializer.Serialize(list, ClientJson.Default.DeliveryList));
        _server.Answer(Routes.Conversation(_conversation), JsonSerializer.Serialize(Details(members), ClientJson.Default.ConversationDetails));
    }

    private ConversationDetails Details(TestDevice[] members) => new(
        _conversation, ConversationType.Group, "group", null, members[0].UserId, DateTime.UtcNow, DateTime.UtcNow, 0, 1, 0,
        [.. members.Select(member => new Participant(member.UserId, "someone", "Someone", null, ParticipantRole.Member, DateTime.UtcNow, 0, 0, IsAssistant: false))]);
}
