using System.Diagnostics;
using ChatService.Benchmarks.Load.Measuring;
using ChatService.Benchmarks.Load.Servers;

namespace ChatService.Benchmarks.Load;

/// <summary>All clients of one target connect, warm up, are measured and leave.</summary>
internal static class LoadRound
{
    public static async Task<LoadResult> RunAsync(LoadTarget target, DataServers data, TimeSpan warmUp, int seconds, CancellationToken cancellationToken)
    {
        var window = new Window();
        LoadClient[] clients = [.. target.Rooms.SelectMany(room => room.Members.Select(member => new LoadClient(target, room, member, window)))];
        DeafConnection[] deaf = target.HasDeaf ? [.. target.Rooms.Select(room => new DeafConnection(target, room.Members[0]))] : [];
        try
        {
            await Parallel.ForEachAsync(
                clients, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (client, token) => await client.ConnectAsync(token));
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var sending = Task.WhenAll(clients.Select(client => client.SendAsync(stop.Token)));
            await WaitAsync(warmUp);

            var before = Cpu();
            var started = Stopwatch.GetTimestamp();
            window.IsOpen = true;
            await WaitAsync(TimeSpan.FromSeconds(seconds));
            window.IsOpen = false;
            var elapsed = Stopwatch.GetElapsedTime(started);
            var used = Cpu() - before;

            await stop.CancelAsync();
            await sending;
            return LoadResult.From(
                [.. clients.SelectMany(client => client.Acks)], [.. clients.SelectMany(client => client.Deliveries)], elapsed.TotalSeconds, used);

            // A client that fails ends the round at once.
            async Task WaitAsync(TimeSpan time) => await await Task.WhenAny(Task.Delay(time, cancellationToken), sending);
        }
        finally
        {
            await Task.WhenAll([.. clients.Select(client => client.DisposeAsync().AsTask()), .. deaf.Select(connection => connection.DisposeAsync().AsTask())]);
        }

        CpuUse Cpu() => new(
            ProcessTree.CpuSeconds(target.Server.Id), ProcessTree.CpuSeconds(data.PostgresProcessId), ProcessTree.CpuSeconds(data.RedisProcessId));
    }
}
