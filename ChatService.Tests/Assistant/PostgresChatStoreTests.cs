using System.Security.Cryptography;
using ChatService.Client.Storage;
using ChatService.Tests.AppHost;
using ChatService.Tests.Storage;
using ChatService.Worker.Assistant;

namespace ChatService.Tests.Assistant;

/// <summary>What every store promises, and what the assistant's own one promises beside it.</summary>
public sealed class PostgresChatStoreTests(AppHostFixture stack) : ChatStoreTests, IAsyncLifetime
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private AssistantTestDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await AssistantTestDatabase.CreateAsync(stack);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    protected override async Task<IChatStore> OpenAsync() => await _database.OpenAsync(_key);

    [Fact]
    public async Task A_listing_of_any_length_is_whole_in_either_direction_and_other_statements_may_come_in_between()
    {
        await using var store = await OpenAsync();
        await using var transaction = await store.BeginAsync(Ct);
        string[] keys = [.. Enumerable.Range(0, 300).Select(number => $"{number:0000}")];
        foreach (var key in keys)
            await transaction.PutAsync("table", key, Bytes(key), Ct);

        List<string> up = [], down = [];
        await foreach (var (key, _) in transaction.ListAsync("table", "", null, ct: Ct))
        {
            up.Add(key);
            if (up.Count % 100 == 0)
                await transaction.PutAsync("other", key, Bytes(key), Ct);
        }

        await foreach (var (key, _) in transaction.ListAsync("table", "", null, descending: true, limit: 280, ct: Ct))
            down.Add(key);

        Assert.Equal(keys, up);
        Assert.Equal(keys.Reverse().Take(280), down);
    }

    [Fact]
    public async Task A_worker_that_was_replaced_can_change_nothing_and_is_told_so()
    {
        await using var first = await _database.OpenAsync(_key);
        await WriteAsync(first, "a", "first");
        await _database.LeaseAsync(2);
        await using var second = await _database.OpenAsync(_key, fence: 2);
        await WriteAsync(second, "a", "second");

        var refusal = await Assert.ThrowsAsync<ChatStoreException>(() => WriteAsync(first, "a", "late"));

        Assert.Equal(ChatStoreError.InUse, refusal.Error);
        Assert.True(first.Broken.IsCancellationRequested);
        Assert.Equal("second", await ReadAsync(second, "a"));
        Assert.False(second.Broken.IsCancellationRequested);
    }

    [Fact]
    public async Task The_lease_cannot_be_taken_over_in_the_midst_of_a_transaction()
    {
        await using var store = await _database.OpenAsync(_key);
        Task takingOver;
        await using (var transaction = await store.BeginAsync(Ct))
        {
            await transaction.PutAsync("table", "a", Bytes("in time"), Ct);
            takingOver = _database.LeaseAsync(2);
            await WaitsForALockAsync();
            Assert.False(takingOver.IsCompleted);
            await transaction.CommitAsync(Ct);
        }

        await takingOver;
        await using var next = await _database.OpenAsync(_key, fence: 2);
        Assert.Equal("in time", await ReadAsync(next, "a"));
    }

    [Fact]
    public async Task The_tables_show_no_value_and_one_that_was_moved_is_refused()
    {
        await using var store = await _database.OpenAsync(_key);
        await WriteAsync(store, "a", "a secret that must not be readable");
        await WriteAsync(store, "b", "another");
        Assert.Equal(false, await _database.ExecuteAsync("SELECT bool_or(position($1 IN value) > 0) FROM assistant.entries", Bytes("secret")));

        await _database.ExecuteAsync("UPDATE assistant.entries SET value = (SELECT value FROM assistant.entries WHERE key = 'b') WHERE key = 'a'");

        Assert.Equal(ChatStoreError.Tampered, (await Assert.ThrowsAsync<ChatStoreException>(() => ReadAsync(store, "a"))).Error);
    }

    [Fact]
    public async Task Another_sealing_key_does_not_open_it_and_changes_nothing()
    {
        await using (var store = await _database.OpenAsync(_key))
            await WriteAsync(store, "a", "kept");

        var refusal = await Assert.ThrowsAsync<ChatStoreException>(() => _database.OpenAsync(RandomNumberGenerator.GetBytes(32)));

        Assert.Equal(ChatStoreError.WrongKey, refusal.Error);
        await using var again = await _database.OpenAsync(_key);
        Assert.Equal("kept", await ReadAsync(again, "a"));
    }

    private Task WaitsForALockAsync() => Scenarios.Patience.UntilAsync(
        async () => await _database.ExecuteAsync(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')") is true,
        "the other one waits");

    private static async Task WriteAsync(PostgresChatStore store, string key, string value)
    {
        await using var transaction = await store.BeginAsync(Ct);
        await transaction.PutAsync("table", key, Bytes(value), Ct);
        await transaction.CommitAsync(Ct);
    }

    private static async Task<string?> ReadAsync(PostgresChatStore store, string key)
    {
        await using var transaction = await store.BeginAsync(Ct);
        return Text(await transaction.GetAsync("table", key, Ct));
    }
}
