using System.Text;
using ChatService.Client.Storage;

namespace ChatService.Tests.Storage;

/// <summary>What every store promises.</summary>
public abstract class ChatStoreTests
{
    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected abstract Task<IChatStore> OpenAsync();

    [Fact]
    public async Task A_committed_value_is_there_and_a_dropped_one_is_not()
    {
        await using var store = await OpenAsync();
        await using (var dropped = await store.BeginAsync(Ct))
        {
            await dropped.PutAsync("table", "a", Bytes("dropped"), Ct);
            Assert.Equal("dropped", Text(await dropped.GetAsync("table", "a", Ct)));
        }

        await using (var committed = await store.BeginAsync(Ct))
        {
            Assert.Null(await committed.GetAsync("table", "a", Ct));
            await committed.PutAsync("table", "b", Bytes("kept"), Ct);
            await committed.CommitAsync(Ct);
        }

        await using var reading = await store.BeginAsync(Ct);
        Assert.Null(await reading.GetAsync("table", "a", Ct));
        Assert.Equal("kept", Text(await reading.GetAsync("table", "b", Ct)));
        Assert.Null(await reading.GetAsync("other", "b", Ct));
    }

    [Fact]
    public async Task A_value_can_be_replaced_deleted_and_empty()
    {
        await using var store = await OpenAsync();
        await using var transaction = await store.BeginAsync(Ct);
        await transaction.PutAsync("table", "a", Bytes("one"), Ct);
        await transaction.PutAsync("table", "a", Bytes("two"), Ct);
        await transaction.PutAsync("table", "empty", ReadOnlyMemory<byte>.Empty, Ct);
        Assert.Equal("two", Text(await transaction.GetAsync("table", "a", Ct)));
        Assert.Equal("", Text(await transaction.GetAsync("table", "empty", Ct)));
        await transaction.DeleteAsync("table", "a", Ct);
        await transaction.DeleteAsync("table", "never there", Ct);
        Assert.Null(await transaction.GetAsync("table", "a", Ct));
    }

    [Fact]
    public async Task A_listing_is_in_the_order_of_the_keys_and_within_its_bounds()
    {
        await using var store = await OpenAsync();
        await using var transaction = await store.BeginAsync(Ct);
        foreach (var key in new[] { "b", "a", "B", "d", "c", "ab", "a/1", "a0" })
            await transaction.PutAsync("table", key, Bytes(key), Ct);
        await transaction.PutAsync("tablf", "a", Bytes("of another table"), Ct);

        Assert.Equal(["B", "a", "a/1", "a0", "ab", "b", "c", "d"], await KeysAsync(transaction, "", null));
        Assert.Equal(["a", "a/1", "a0", "ab", "b"], await KeysAsync(transaction, "a", "c"));
        Assert.Equal(["b", "ab", "a0", "a/1", "a"], await KeysAsync(transaction, "a", "c", descending: true));
        Assert.Equal(["b", "ab"], await KeysAsync(transaction, "a", "c", descending: true, limit: 2));
        Assert.Equal(["a", "a/1"], await KeysAsync(transaction, "a", null, limit: 2));
        Assert.Empty(await KeysAsync(transaction, "c", "c"));
        Assert.Empty(await KeysAsync(transaction, "d", "a"));
        Assert.Equal(["a/1"], (await transaction.ListPrefixAsync("table", "a/", Ct)).Select(entry => entry.Key));
    }

    [Fact]
    public async Task One_transaction_runs_at_a_time()
    {
        await using var store = await OpenAsync();
        var first = await store.BeginAsync(Ct);
        var second = store.BeginAsync(Ct).AsTask();
        Assert.False(second.IsCompleted);
        await first.PutAsync("table", "a", Bytes("first"), Ct);
        await first.CommitAsync(Ct);
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();

        await using var transaction = await second;
        Assert.Equal("first", Text(await transaction.GetAsync("table", "a", Ct)));
    }

    [Fact]
    public async Task Waiting_for_a_turn_can_be_cancelled_and_takes_no_turn()
    {
        await using var store = await OpenAsync();
        var first = await store.BeginAsync(Ct);
        using var cancelled = new CancellationTokenSource();
        var second = store.BeginAsync(cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await first.DisposeAsync();
        await (await store.BeginAsync(Ct)).DisposeAsync();
    }

    [Fact]
    public async Task A_transaction_ends_with_its_commit()
    {
        await using var store = await OpenAsync();
        await using var transaction = await store.BeginAsync(Ct);
        await transaction.CommitAsync(Ct);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await transaction.PutAsync("table", "a", Bytes("late"), Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await transaction.CommitAsync(Ct));
    }

    [Fact]
    public async Task The_caller_may_change_what_it_passed_or_was_given()
    {
        await using var store = await OpenAsync();
        await using var transaction = await store.BeginAsync(Ct);
        var value = Bytes("value");
        await transaction.PutAsync("table", "a", value, Ct);
        value[0] = 0;
        (await transaction.GetAsync("table", "a", Ct))![0] = 0;
        Assert.Equal("value", Text(await transaction.GetAsync("table", "a", Ct)));
    }

    protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    protected static string? Text(byte[]? bytes) => bytes is null ? null : Encoding.UTF8.GetString(bytes);

    private static async Task<List<string>> KeysAsync(IChatTransaction transaction, string from, string? to, bool descending = false, int limit = int.MaxValue)
    {
        List<string> keys = [];
        await foreach (var (key, value) in transaction.ListAsync("table", from, to, descending, limit, Ct))
        {
            Assert.Equal(key, Text(value));
            keys.Add(key);
        }

        return keys;
    }
}
