using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Tests.HubCalls;

public sealed class BadCallTests(AppHostFixture stack)
{
    [Theory]
    [InlineData(false, "NoSuchMethod")]
    [InlineData(true, "NoSuchMethod")]
    [InlineData(false, nameof(IChatHub.JoinRoom))]
    [InlineData(true, nameof(IChatHub.JoinRoom))]
    public async Task A_few_calls_that_make_no_sense_are_answered_and_then_the_connection_ends_and_nobody_elses(bool useMessagePack, string method)
    {
        await using var fool = await RawClient.ConnectAsync(stack, 1, useMessagePack: useMessagePack);
        await using var other = await RawClient.ConnectAsync(stack, 1, fool.User, useMessagePack);

        for (var i = 0; i < Limits.BadCallsPerConnection; i++)
        {
            await Assert.ThrowsAnyAsync<HubException>(() => fool.CallAsync(method, "no guid"));
            await fool.CallAsync<IReadOnlyList<PresenceUpdate>>(nameof(IChatHub.GetPresence));
        }

        await Assert.ThrowsAnyAsync<Exception>(() => fool.CallAsync(method, "no guid"));
        await fool.Closed.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await other.CallAsync<IReadOnlyList<PresenceUpdate>>(nameof(IChatHub.GetPresence));
    }
}
