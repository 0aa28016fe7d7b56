using System.Collections.Concurrent;
using ChatService.Contracts;
using ChatService.Tests.HubCalls;
using ChatService.Tests.Scenarios;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Tests.Abuse;

/// <summary>Limits of connections and of what they ask for at once.</summary>
internal static class ConnectionLimits
{
    public static Dictionary<string, Func<LimitStage, Task>> Rows { get; } = new()
    {
        [nameof(Limits.ConnectionsPerUser)] = ConnectionsAsync,
        [nameof(Limits.CatchUpPositions)] = stage => LimitStage.BitesAsync(ErrorCodes.InvalidArgument, count => stage.Alice.CatchUpAsync(Positions(count)), Limits.CatchUpPositions),
        [nameof(Limits.HistoryPage)] = async stage =>
        {
            var path = Routes.ConversationMessages(await stage.GroupAsync());
            await LimitStage.BitesAsync(ErrorCodes.InvalidArgument, limit => stage.Alice.RestAsync(HttpMethod.Get, $"{path}?limit={limit}"), Limits.HistoryPage);
        },
        [nameof(Limits.OneTimePreKeysLow)] = PoolAsync,
    };

    private static ConversationPosition[] Positions(int count) => [.. Enumerable.Range(0, count).Select(_ => new ConversationPosition(Guid.CreateVersion7(), 1))];

    /// <summary>All at once: none slips past the others.</summary>
    private static async Task ConnectionsAsync(LimitStage stage)
    {
        const int tried = Limits.ConnectionsPerUser + 4;
        HubConnection[] connections = [.. Enumerable.Range(0, tried).Select(_ => Build(stage.Alice))];
        var refusals = await Task.WhenAll(connections.Select(TryAsync));

        // Alice had one already.
        Assert.Equal(Limits.ConnectionsPerUser - 1, refusals.Count(refusal => refusal is null));
        Assert.All(refusals.OfType<ChatError>(), refusal => Assert.Equal(ErrorCodes.LimitReached, refusal.Code));
        await using var others = Build(stage.Bob);
        Assert.Null(await TryAsync(others));

        await connections[Array.FindIndex(refusals, refusal => refusal is null)].DisposeAsync();
        await Patience.UntilAsync(
            async () =>
            {
                await using var next = Build(stage.Alice);
                return await TryAsync(next) is null;
            },
            "there is room for one more");
        await Task.WhenAll(connections.Select(connection => connection.DisposeAsync().AsTask()));
    }

    private static async Task PoolAsync(LimitStage stage)
    {
        foreach (var (keys, asked) in ((int, int[])[])[(Limits.OneTimePreKeysLow, []), (Limits.OneTimePreKeysLow - 1, [Limits.OneTimePreKeysLow - 1])])
        {
            var device = await Api.ApiDevice.RegisterAsync(stage.Alice.Client.User, keys);
            await using var connection = RawClient.Build(stage.Hub.Address, device.Id.ToString(), stage.Alice.Client.User);
            ConcurrentQueue<int> heard = [];
            connection.On<int>(nameof(IChatHubClient.OneTimePreKeysLow), heard.Enqueue);
            Assert.Null(await TryAsync(connection));
            await Patience.UntilAsync(() => heard.Count >= asked.Length, "the device is asked for more");
            Assert.Equal(asked, heard);
        }
    }

    private static HubConnection Build(Caller caller) => RawClient.Build(caller.Hub.Address, caller.Client.DeviceId.ToString(), caller.Client.User);

    /// <summary>Null once the server has answered a call.</summary>
    private static async Task<ChatError?> TryAsync(HubConnection connection)
    {
        var closed = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        connection.Closed += error =>
        {
            closed.TrySetResult(error);
            return Task.CompletedTask;
        };
        try
        {
            await connection.StartAsync(TestContext.Current.CancellationToken);
            await connection.InvokeAsync<IReadOnlyList<PresenceUpdate>>(nameof(IChatHub.GetPresence), TestContext.Current.CancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is HubException or IOException or InvalidOperationException or OperationCanceledException)
        {
            return ChatError.Parse((await closed.Task.WaitAsync(Patience.Limit))?.Message ?? exception.Message);
        }
    }
}
