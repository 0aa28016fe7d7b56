using System.Collections.Concurrent;
using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Hub.Storage;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace ChatService.Tests.Storage;

public sealed class GroupCommitTests(AppHostFixture stack)
{
    private static readonly Guid s_one = Guid.Parse("00000000-0000-0000-0000-000000000001");
    private static readonly Guid s_other = Guid.Parse("00000000-0000-0000-0000-000000000002");

    [Fact]
    public async Task Each_item_is_answered_and_told_once_items_of_one_kin_in_their_order()
    {
        await using var database = NpgsqlDataSource.Create(await stack.ConnectionStringAsync("chatdb"));
        using var commit = new Commit(database);
        Item[] items = [.. Enumerable.Range(0, 1200).Select(number => new Item(number % 3 == 0 ? s_one : s_other, $"{number}"))];
        // What waits when the writer starts is several batches.
        var answers = items.Select(commit.SubmitAsync).ToList();
        await commit.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(items.Select(item => item.Text), await Task.WhenAll(answers).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken));
        await commit.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(items.Length, commit.Told.Count);
        foreach (var kin in (Guid[])[s_one, s_other])
        {
            Assert.Equal(items.Where(item => item.Kin == kin), commit.Told.Where(item => item.Kin == kin));
        }
    }

    [Fact]
    public async Task What_cannot_be_told_is_committed_and_holds_up_nothing()
    {
        await using var database = NpgsqlDataSource.Create(await stack.ConnectionStringAsync("chatdb"));
        using var commit = new Commit(database);
        await commit.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(Commit.Unspeakable, await commit.SubmitAsync(new(s_one, Commit.Unspeakable)).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken));
        Assert.Equal("after", await commit.SubmitAsync(new(s_one, "after")).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken));

        await commit.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["after"], commit.Told.Select(item => item.Text));
    }

    [Fact]
    public async Task What_the_database_rejects_fails_for_its_whole_batch_and_what_comes_after_is_written()
    {
        await using var database = NpgsqlDataSource.Create(await stack.ConnectionStringAsync("chatdb"));
        using var commit = new Commit(database);
        Task<string>[] answers = [commit.SubmitAsync(new(s_one, "beside it")), commit.SubmitAsync(new(s_other, Commit.Rejected))];
        await commit.StartAsync(TestContext.Current.CancellationToken);

        foreach (var answer in answers)
        {
            var refusal = await Assert.ThrowsAsync<ChatException>(() => answer.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken));
            Assert.Equal(ErrorCodes.Unavailable, refusal.Error.Code);
        }

        Assert.Equal("after", await commit.SubmitAsync(new(s_one, "after")).WaitAsync(Patience.Limit, TestContext.Current.CancellationToken));
        await commit.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["after"], commit.Told.Select(item => item.Text));
    }

    private sealed record Item(Guid Kin, string Text);

    /// <summary>Has the database repeat what it is given.</summary>
    private sealed class Commit(NpgsqlDataSource database)
        : GroupCommit<Item, string>(database, TimeProvider.System, NullLogger.Instance, capacity: 8192)
    {
        public const string Unspeakable = "unspeakable";
        public const string Rejected = "rejected";

        public ConcurrentQueue<Item> Told { get; } = [];

        protected override Guid KinOf(Item item) => item.Kin;

        protected override async Task<string[]> CommitAsync(NpgsqlConnection connection, IReadOnlyList<Item> items, CancellationToken cancellationToken)
        {
            await using var command = new NpgsqlCommand("SELECT text, 1 / (text <> 'rejected')::int FROM unnest($1) AS text", connection);
            command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. items.Select(item => item.Text)] });
            List<string> texts = [];
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                texts.Add(reader.GetString(0));
            }

            return [.. texts];
        }

        protected override void Committed(Item item, string result)
        {
            if (result == Unspeakable)
            {
                throw new InvalidOperationException("This cannot be said.");
            }

            Told.Enqueue(item);
        }
    }
}
