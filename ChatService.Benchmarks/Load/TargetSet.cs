using ChatService.Benchmarks.Load.Population;
using ChatService.Benchmarks.Load.Servers;
using ChatService.Contracts;
using Npgsql;

namespace ChatService.Benchmarks.Load;

/// <summary>The servers that a scenario compares, each ready to be loaded.</summary>
internal sealed class TargetSet(DataServers data, RoomStore store) : IAsyncDisposable
{
    private const int History = 1_000_000;

    private static readonly string s_hub = typeof(Hub.ChatHub).Assembly.Location;

    private readonly List<ServerProcess> _servers = [];

    public async Task<IReadOnlyList<LoadTarget>> StartAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        if (options.Scenario == LoadScenario.Million)
        {
            var tokens = await AccessTokens.CreateAsync(data.Database, data.SealingKey, cancellationToken);
            var hub = await StartHubAsync(s_hub, cancellationToken);
            var empty = LoadRoom.CreateMany(options.Clients, LoadScenario.Million.RoomSize());
            var full = LoadRoom.CreateMany(options.Clients, LoadScenario.Million.RoomSize());
            await store.AddAsync([.. empty, .. full], cancellationToken);
            Console.WriteLine($"Filling a conversation with {History:N0} messages…");
            await store.FillAsync(full[0], History, cancellationToken);
            return [new("empty", hub, empty, tokens), new("million", hub, full, tokens)];
        }

        var rooms = LoadRoom.CreateMany(options.Clients, options.Scenario.RoomSize());
        await store.AddAsync(rooms, cancellationToken);
        List<LoadTarget> targets = [];
        foreach (var name in options.Targets)
        {
            targets.Add(name switch
            {
                "ours" or "deaf" or "before" => new(
                    name,
                    await StartHubAsync(name == "before" ? options.Before! : s_hub, cancellationToken),
                    rooms,
                    await AccessTokens.CreateAsync(data.Database, data.SealingKey, cancellationToken),
                    HasDeaf: name == "deaf"),
                "naive" => new(name, await StartNaiveAsync(rooms, cancellationToken), rooms, null),
                "bare" => new(name, await StartOwnAsync(BareServer.Command, cancellationToken), rooms, null),
                _ => throw new ArgumentException($"'{name}' is not a target."),
            });
        }

        return targets;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }

    /// <summary>The hub as it is, with its own settings; only its limits give way.</summary>
    private Task<ServerProcess> StartHubAsync(string program, CancellationToken cancellationToken)
    {
        Dictionary<string, string> settings = new()
        {
            ["ConnectionStrings__chatdb"] = data.Database,
            ["ConnectionStrings__redis"] = data.Redis,
            ["ServerKeys__SealingKey"] = data.SealingKey,
        };
        foreach (var limit in RateLimits.All)
        {
            settings[$"RateLimits__{limit.Name}__Burst"] = "1000000000";
            settings[$"RateLimits__{limit.Name}__PerSecond"] = "1000000000";
        }

        return AddAsync(program, [], Path.GetDirectoryName(new Projects.ChatService_Hub().ProjectPath)!, settings, cancellationToken);
    }

    private async Task<ServerProcess> StartNaiveAsync(LoadRoom[] rooms, CancellationToken cancellationToken)
    {
        await NaiveServer.CreateRoomsAsync(NaiveDatabase, rooms, cancellationToken);
        return await StartOwnAsync(NaiveServer.Command, cancellationToken);
    }

    private string NaiveDatabase => new NpgsqlConnectionStringBuilder(data.Database) { Database = "naive", MaxPoolSize = 50 }.ConnectionString;

    private Task<ServerProcess> StartOwnAsync(string command, CancellationToken cancellationToken)
    {
        Dictionary<string, string> settings = new()
        {
            ["ConnectionStrings__naive"] = NaiveDatabase,
            ["ConnectionStrings__redis"] = data.Redis,
            ["Logging__LogLevel__Default"] = "Warning",
        };
        return AddAsync(typeof(TargetSet).Assembly.Location, [command], AppContext.BaseDirectory, settings, cancellationToken);
    }

    private async Task<ServerProcess> AddAsync(
        string program, string[] args, string workingDirectory, Dictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var server = await ServerProcess.StartAsync(program, args, workingDirectory, settings, cancellationToken);
        _servers.Add(server);
        return server;
    }
}
