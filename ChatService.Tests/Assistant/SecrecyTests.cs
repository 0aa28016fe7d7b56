using System.Collections.Concurrent;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StackExchange.Redis;

namespace ChatService.Tests.Assistant;

public sealed class SecrecyTests(AppHostFixture stack)
{
    [Fact]
    public async Task Neither_prompt_nor_answer_can_be_found_in_tables_Redis_logs_or_the_hubs_memory()
    {
        await using var alice = await Asker.ConnectAsync(stack, 1);
        await using var bob = await Asker.ConnectAsync(stack, 2);
        var group = await alice.OpenGroupAsync(bob.Person);
        // Put together only where they are readable, so that this test's own traffic holds no other copy.
        var (asked, answered) = ($"prompt{Guid.NewGuid():n}", $"answer{Guid.NewGuid():n}");
        (await stack.ModelAsync()).When(asked, call => call.SayAsync($"The word is {answered} and no other"));

        using var redis = await ConnectionMultiplexer.ConnectAsync(await stack.ConnectionStringAsync("redis"));
        ConcurrentQueue<byte[]> published = new();
        await redis.GetSubscriber().SubscribeAsync(RedisChannel.Pattern("*"), (_, message) => published.Enqueue(message!));
        var prompt = await alice.AskAsync(group, $"What is the word for {asked}?");
        await bob.SeesAsync(prompt.Id, answered);
        Assert.Contains(answered, await bob.AnswerTextAsync(prompt.Id), StringComparison.Ordinal);
        await alice.SeesTheEndAsync(prompt.Id);

        Assert.NotEmpty(published);
        foreach (var canary in (string[])[asked, answered])
        {
            Assert.DoesNotContain(published, message => Contains(message, canary));
            Assert.Empty(await TablesWithAsync(canary));
            Assert.Empty(await KeysWithAsync(redis, canary));
            foreach (var resource in (string[])["hub-1", "hub-2", "worker", "gateway", "postgres", "redis"])
            {
                Assert.DoesNotContain(await LinesAsync(resource), line => line.Contains(canary, StringComparison.Ordinal));
            }

            Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux lets a parent look into a process.");
            Assert.False(ProcessMemory.Contains(await stack.ProcessIdAsync("hub-1"), canary), "hub-1 holds it in memory");
            Assert.False(ProcessMemory.Contains(await stack.ProcessIdAsync("hub-2"), canary), "hub-2 holds it in memory");
        }

        // The search itself finds what is there.
        Assert.True(ProcessMemory.Contains(await stack.ProcessIdAsync("hub-1"), $"{group.Id}"), "the search does not work");
        Assert.NotEmpty(await LinesAsync("worker"));
        Assert.Contains("public.conversations", await TablesWithAsync($"{group.Id}"));
    }

    private async Task<IReadOnlyList<string>> TablesWithAsync(string text)
    {
        await using var connection = new NpgsqlConnection(await stack.ConnectionStringAsync("chatdb"));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        List<string> tables = [];
        await using (var list = new NpgsqlCommand(
            "SELECT table_schema, table_name FROM information_schema.tables WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')", connection))
        await using (var reader = await list.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken))
            {
                tables.Add($"\"{reader.GetString(0)}\".\"{reader.GetString(1)}\"");
            }
        }

        List<string> found = [];
        foreach (var table in tables)
        {
            // As text, and as the bytes of a text.
            await using var search = new NpgsqlCommand(
                $"SELECT EXISTS (SELECT FROM {table} AS t WHERE position($1 IN t::text) > 0 OR position(encode(convert_to($1, 'UTF8'), 'hex') IN t::text) > 0)", connection)
            {
                Parameters = { new() { Value = text } },
            };
            if (await search.ExecuteScalarAsync(TestContext.Current.CancellationToken) is true)
            {
                found.Add(table.Replace("\"", "", StringComparison.Ordinal));
            }
        }

        return found;
    }

    private static async Task<IReadOnlyList<string>> KeysWithAsync(ConnectionMultiplexer redis, string text)
    {
        List<string> found = [];
        var database = redis.GetDatabase();
        foreach (var key in redis.GetServers().SelectMany(server => server.Keys()))
        {
            var values = await database.KeyTypeAsync(key) switch
            {
                RedisType.String => [await database.StringGetAsync(key)],
                RedisType.SortedSet => await database.SortedSetRangeByRankAsync(key),
                RedisType.Set => await database.SetMembersAsync(key),
                RedisType.Hash => (await database.HashGetAllAsync(key)).SelectMany(entry => new[] { entry.Name, entry.Value }).ToArray(),
                RedisType.List => await database.ListRangeAsync(key),
                _ => [],
            };
            if (values.Prepend((string?)key).Any(value => Contains(value!, text)))
            {
                found.Add(key!);
            }
        }

        return found;
    }

    private async Task<IReadOnlyList<string>> LinesAsync(string resource)
    {
        List<string> lines = [];
        await foreach (var batch in (await stack.StartAsync()).Services.GetRequiredService<ResourceLoggerService>().GetAllAsync(resource))
        {
            lines.AddRange(batch.Select(line => line.Content));
        }

        return lines;
    }

    private static bool Contains(byte[]? bytes, string text) => bytes is not null && bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;
}
