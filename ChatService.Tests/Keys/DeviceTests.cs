using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Keys;

public sealed class DeviceTests(AppHostFixture stack)
{
    [Fact]
    public async Task Of_ten_devices_registered_at_once_six_are_taken()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        var devices = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => ApiDevice.CreateAsync()));

        var answers = await Task.WhenAll(devices.Select(device => alice.TryAsync(HttpMethod.Put, Routes.Device(device.Id), device.Registration)));

        Assert.Equal(6, answers.Count(code => code is null));
        Assert.Equal(4, answers.Count(code => code == ErrorCodes.LimitReached));
        var listed = await alice.GetAsync<IReadOnlyList<DeviceInfo>>(Routes.Devices);
        Assert.Equal(6, listed.Count);
        await alice.CallAsync(HttpMethod.Delete, Routes.Device(listed[0].Id));
        await ApiDevice.RegisterAsync(alice);
    }

    [Fact]
    public async Task Registering_again_gives_the_same_answer_and_a_taken_id_says_nothing_of_whose_it_is()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var bob = await ApiUser.RegisterAsync(stack, hub: 2);
        var group = await GroupAsync(alice);
        var device = await ApiDevice.CreateAsync();
        var first = await alice.CallAsync<RegisterDeviceResponse>(HttpMethod.Put, Routes.Device(device.Id), device.Registration);
        await alice.CallAsync(HttpMethod.Patch, Routes.Conversation(group.Id), new UpdateConversationRequest("Later"));

        var again = await alice.CallAsync<RegisterDeviceResponse>(HttpMethod.Put, Routes.Device(device.Id), device.Registration);

        Assert.Equal(first.Positions, again.Positions);
        Assert.Equal([new ConversationPosition(group.Id, 1)], first.Positions);
        var otherKeys = await alice.ProblemAsync(HttpMethod.Put, Routes.Device(device.Id), (await ApiDevice.CreateAsync()).Registration);
        Assert.Equal(ErrorCodes.Conflict, otherKeys.Code);
        Assert.Equal(otherKeys, await bob.ProblemAsync(HttpMethod.Put, Routes.Device(device.Id), device.Registration));
        await alice.CallAsync(HttpMethod.Delete, Routes.Device(device.Id));
        Assert.Equal(otherKeys, await alice.ProblemAsync(HttpMethod.Put, Routes.Device(device.Id), device.Registration));
    }

    [Fact]
    public async Task Contacts_see_that_a_further_device_came_and_that_one_went()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var bob = await ApiUser.RegisterAsync(stack, hub: 2);
        var group = await GroupAsync(alice, bob);
        await ApiDevice.RegisterAsync(alice);
        var tablet = await ApiDevice.CreateAsync();
        var registered = await alice.CallAsync<RegisterDeviceResponse>(HttpMethod.Put, Routes.Device(tablet.Id), tablet.Registration);
        var withTablet = await bob.GetAsync<DeliveryList>(Routes.ConversationDevices(group.Id));
        await alice.CallAsync(HttpMethod.Delete, Routes.Device(tablet.Id));
        var withoutTablet = await bob.GetAsync<DeliveryList>(Routes.ConversationDevices(group.Id));

        var history = await bob.GetAsync<MessageHistory>(Routes.ConversationMessages(group.Id));

        Assert.Equal(
            [SystemEventKind.ConversationCreated, SystemEventKind.DeviceAdded, SystemEventKind.DeviceRemoved],
            history.Messages.Select(message => message.SystemEvent!.Kind));
        Assert.Equal([1, 2, 3], history.Messages.Select(message => message.Sequence));
        Assert.Equal([new ConversationPosition(group.Id, 2)], registered.Positions);
        Assert.Equal(2, withTablet.Devices.Count);
        Assert.Single(withoutTablet.Devices);
        Assert.Equal(withTablet.MembershipVersion + 1, withoutTablet.MembershipVersion);
        Assert.DoesNotContain(withoutTablet.Devices, device => device.DeviceId == tablet.Id);
    }

    private static Task<ConversationDetails> GroupAsync(ApiUser owner, params ApiUser[] others) => owner.CallAsync<ConversationDetails>(
        HttpMethod.Post,
        Routes.Conversations,
        new CreateConversationRequest(Guid.CreateVersion7(), ConversationType.Group, [.. others.Select(user => user.Id)], "Group"));
}
