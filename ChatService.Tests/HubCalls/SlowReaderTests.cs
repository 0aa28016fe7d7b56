using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Tests.HubCalls;

public sealed class SlowReaderTests(AppHostFixture stack)
{
    /// <summary>Of <see cref="Limits.PaddingBlock"/>: about 150 KB in base64, so that few messages fill every buffer on the way.</summary>
    private const int Blocks = 700;

    private const int PerSender = 12;

    /// <summary>The deaf one is alive and would be waited for for ever; the others hear everything, and it is cut only after that.</summary>
    [Fact]
    public async Task Somebody_stops_reading_in_a_busy_group_and_the_others_get_everything_and_the_slow_one_is_cut_and_catches_up()
    {
        await using var group = await BusyGroup.StartAsync(stack, senders: 4);
        await using var deaf = await DeafClient.ConnectAsync(await stack.HubAsync(2), group.Reader, group.ReaderDevice);

        var sent = await group.SendAsync(PerSender, Blocks);
        await Patience.UntilAsync(() => group.Witness.Messages.Count >= sent.Count, "the others get everything");
        Assert.Equal(sent, group.Witness.Messages);

        List<Guid> all = [.. sent];
        while (!deaf.Cut.IsCompleted)
        {
            all.AddRange(await group.SendAsync(perSender: 1, blocks: 1));
            await Task.WhenAny(deaf.Cut, Task.Delay(500, TestContext.Current.CancellationToken));
        }

        await using var back = RawClient.Build(await stack.HubAsync(2), group.ReaderDevice.ToString(), group.Reader);
        await back.StartAsync(TestContext.Current.CancellationToken);
        var caught = new KeepingUp(back, group.Id);
        await caught.CatchUpAsync();
        Assert.Equal(all, caught.Messages);
    }

    /// <summary>With stateful reconnect the client acknowledges once a second, and no more than 32 KiB wait for that.</summary>
    [Fact]
    public async Task Whoever_reads_gets_everything_on_one_connection_however_much_comes_at_once_and_whatever_the_buffer_of_stateful_reconnect()
    {
        await using var group = await BusyGroup.StartAsync(stack, senders: 4);
        await using var hub = RawClient.Build(await stack.HubAsync(2), group.ReaderDevice.ToString(), group.Reader, isStateful: true);
        var reader = new KeepingUp(hub, group.Id);
        await hub.StartAsync(TestContext.Current.CancellationToken);
        await hub.InvokeAsync(nameof(IChatHub.JoinRoom), group.Id, TestContext.Current.CancellationToken);

        var sent = await group.SendAsync(PerSender, Blocks);
        await Patience.UntilAsync(() => reader.Messages.Count >= sent.Count, "everything arrives");
        Assert.Equal(sent, reader.Messages);
        Assert.False(reader.IsClosed);
        await hub.InvokeAsync<IReadOnlyList<PresenceUpdate>>(nameof(IChatHub.GetPresence), TestContext.Current.CancellationToken);
    }
}
