using ChatService.Benchmarks.Soak.Stack;

namespace ChatService.Benchmarks.Soak.People;

/// <summary>All clients and their conversations: everyone is in a group, and the first ones in a direct conversation too.</summary>
internal sealed class Population : IAsyncDisposable
{
    private const int AtOnce = 8;

    private readonly SoakClient[] _clients;

    private Population(int count) => _clients = new SoakClient[count];

    public IReadOnlyList<SoakClient> Clients => _clients;

    public List<SoakRoom> Rooms { get; } = [];

    public static async Task<Population> CreateAsync(SoakOptions options, SoakStack stack, ClientErrors errors, CancellationToken ct)
    {
        var all = new Population(options.Clients);
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, options.Clients),
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
                async (number, token) => all._clients[number] = await SoakClient.CreateAsync(number, stack.Gateway, Way.Of(number, stack), errors, token));
            for (var group = 0; group < options.Groups; group++)
            {
                SoakClient[] members = [.. all._clients.Where((_, number) => number % options.Groups == group)];
                all.Add(new(await members[0].Client.CreateGroupAsync($"Group {group + 1}", members[1..].Select(member => member.Handle), ct), members));
            }

            for (var pair = 0; pair < options.Directs; pair++)
            {
                SoakClient[] members = [all._clients[2 * pair], all._clients[(2 * pair) + 1]];
                all.Add(new(await members[0].Client.OpenDirectAsync(members[1].Handle, ct), members));
            }

            foreach (var room in all.Rooms)
            {
                foreach (var member in room.Members)
                {
                    await member.KnowsAsync(room.Id, ct);
                }
            }

            return all;
        }
        catch
        {
            await all.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync() =>
        await Parallel.ForEachAsync(_clients.Where(client => client is not null), async (client, _) => await client.DisposeAsync());

    private void Add(SoakRoom room)
    {
        Rooms.Add(room);
        foreach (var member in room.Members)
        {
            member.Rooms.Add(room);
        }
    }
}
