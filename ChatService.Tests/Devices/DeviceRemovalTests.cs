using ChatService.Client;
using ChatService.Client.SignIn;
using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Devices;

public sealed class DeviceRemovalTests(AppHostFixture stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_removed_device_is_out_at_once_on_any_hub_and_its_sign_in_with_it(int hub)
    {
        await using var phone = await RawClient.ConnectAsync(stack, 1);
        using var onTablet = await phone.User.SignInAgainAsync(stack, hub);
        await using var tablet = await RawClient.ConnectAsync(stack, hub, onTablet);

        await phone.User.CallAsync(HttpMethod.Delete, Routes.Device(tablet.DeviceId));

        await tablet.Closed.WaitAsync(Patience.Limit, Token);
        // Every hub has heard by now or hears soon; the refresh token was revoked before anything else.
        await Patience.UntilAsync(async () => await onTablet.TryAsync(HttpMethod.Get, Routes.Me) is not null, "the access token is refused");
        Assert.Equal(ErrorCodes.DeviceUnknown, await onTablet.RefusedAsync(HttpMethod.Get, Routes.Me));
        var again = await ApiDevice.CreateAsync();
        Assert.Equal(ErrorCodes.DeviceUnknown, await onTablet.RefusedAsync(HttpMethod.Put, Routes.Device(again.Id), again.Registration));
        await using var asPhone = RawClient.Build(await stack.HubAsync(hub), phone.DeviceId.ToString(), onTablet);
        await Assert.ThrowsAsync<HttpRequestException>(() => asPhone.StartAsync(Token));
        Assert.Equal(ErrorCodes.Unauthorized, (await Assert.ThrowsAsync<ChatException>(() => RefreshAsync(onTablet))).Code);

        Assert.Equal(phone.DeviceId, Assert.Single(await phone.User.GetAsync<IReadOnlyList<DeviceInfo>>(Routes.Devices)).Id);
        Assert.NotEmpty(await RefreshAsync(phone.User));
    }

    [Fact]
    public async Task A_device_of_somebody_else_can_neither_be_removed_nor_renamed()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        using var mallory = await ApiUser.RegisterAsync(stack, hub: 2);
        var device = await ApiDevice.RegisterAsync(alice);
        var unknown = Guid.CreateVersion7();

        Assert.Equal(
            await mallory.ProblemAsync(HttpMethod.Delete, Routes.Device(unknown)), await mallory.ProblemAsync(HttpMethod.Delete, Routes.Device(device.Id)));
        var rename = new RenameDeviceRequest("mine now");
        Assert.Equal(
            await mallory.ProblemAsync(HttpMethod.Patch, Routes.Device(unknown), rename),
            await mallory.ProblemAsync(HttpMethod.Patch, Routes.Device(device.Id), rename));
        Assert.Equal("Test device", Assert.Single(await alice.GetAsync<IReadOnlyList<DeviceInfo>>(Routes.Devices)).Name);
    }

    [Fact]
    public async Task A_device_is_renamed_and_a_name_that_hides_something_is_refused()
    {
        using var alice = await ApiUser.RegisterAsync(stack);
        var device = await ApiDevice.RegisterAsync(alice);

        await alice.CallAsync(HttpMethod.Patch, Routes.Device(device.Id), new RenameDeviceRequest("  Alice's phone "));
        foreach (var name in (string[])["", " ", new string('x', 65), "turned\u202eround"])
        {
            Assert.Equal(ErrorCodes.InvalidArgument, await alice.RefusedAsync(HttpMethod.Patch, Routes.Device(device.Id), new RenameDeviceRequest(name)));
        }

        Assert.Equal("Alice's phone", Assert.Single(await alice.GetAsync<IReadOnlyList<DeviceInfo>>(Routes.Devices)).Name);
    }

    /// <summary>What is in the store is used, whatever is in memory.</summary>
    private async Task<string> RefreshAsync(ApiUser user)
    {
        using var http = new HttpClient { BaseAddress = await stack.GatewayAsync() };
        using var tokens = await RefreshingTokenSource.ResumeAsync(http, user.RefreshTokens, cancellationToken: Token);
        return await tokens!.GetAccessTokenAsync(Token);
    }
}
