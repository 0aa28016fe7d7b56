using System.Diagnostics.CodeAnalysis;
using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Tests.HubCalls;

public sealed class HostileCallTests(AppHostFixture stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("NoSuchMethod")]
    [InlineData("OnConnectedAsync")]
    [InlineData("Dispose")]
    [InlineData(nameof(IChatHub.SendMessage), "no guid", 1, true, null)]
    [InlineData(nameof(IChatHub.SendMessage))]
    [InlineData(nameof(IChatHub.JoinRoom), "no guid")]
    [InlineData(nameof(IChatHub.JoinRoom), null)]
    [InlineData(nameof(IChatHub.SetPresence), "asleep")]
    [InlineData(nameof(IChatHub.MarkMessageRead), 1, 2, 3)]
    [SuppressMessage("Performance", "CA1861", Justification = "Attribute arguments.")]
    public async Task A_call_that_cannot_be_bound_is_refused_without_a_trace_of_the_server_and_the_next_one_works(string method, params object?[]? arguments)
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var conversation = await Talk.DirectAsync(alice, bob);

        var refusal = await Assert.ThrowsAnyAsync<HubException>(() => alice.Hub.InvokeCoreAsync(method, arguments ?? [null], Token));

        Assert.DoesNotContain(" at ChatService", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", refusal.Message, StringComparison.Ordinal);
        await alice.SendAsync(conversation, alice.EnvelopeFor(bob));
        Assert.Single(await new Ledger(stack).MessagesAsync(conversation));
    }

    [Fact]
    public async Task A_frame_beyond_the_limit_ends_the_connection_and_not_the_server()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 1);
        var conversation = await Talk.DirectAsync(alice, bob);

        await Assert.ThrowsAnyAsync<Exception>(() => alice.SendAsync(conversation, alice.EnvelopeFor(bob) with { Nonce = new string('A', 2_000_000) }));
        await Patience.UntilAsync(() => alice.Hub.State == HubConnectionState.Disconnected, "the connection ends");

        await bob.SendAsync(conversation, bob.EnvelopeFor(alice));
        Assert.Single(await new Ledger(stack).MessagesAsync(conversation));
    }

    [Fact]
    public async Task Who_connects_without_a_device_or_with_anothers_is_told_so()
    {
        using var user = await ApiUser.RegisterAsync(stack);
        using var other = await ApiUser.RegisterAsync(stack);
        var theirs = await ApiDevice.RegisterAsync(other);

        foreach (var device in (string?[])[null, "", "no guid", Guid.CreateVersion7().ToString(), theirs.Id.ToString(), new string('1', 4000)])
        {
            await using var connection = RawClient.Build(await stack.HubAsync(1), device, user);
            Assert.Equal(ErrorCodes.DeviceUnknown, (await RawClient.RefusedConnectionAsync(connection)).Code);
        }

        await using var anonymous = RawClient.Build(await stack.HubAsync(1), theirs.Id.ToString(), user: null);
        var refusal = await Assert.ThrowsAsync<HttpRequestException>(() => anonymous.StartAsync(Token));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, refusal.StatusCode);
    }
}
