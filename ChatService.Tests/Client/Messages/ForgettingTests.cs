using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Contracts;

namespace ChatService.Tests.Client.Messages;

/// <summary>A device that keeps no more than it needs.</summary>
public sealed class ForgettingTests
{
    private readonly Guid _me = Guid.CreateVersion7();
    private readonly Guid _talk = Guid.CreateVersion7();
    private readonly Guid _other = Guid.CreateVersion7();
    private readonly Notebook _notebook;

    public ForgettingTests() => _notebook = new(_me);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_before_a_place_goes_with_all_that_is_known_of_it_and_the_rest_stays()
    {
        await FillAsync(_talk, 300);
        await FillAsync(_other, 3);

        await Forgetting.BeforeAsync(_notebook.Store, _talk, 299, Ct);

        Assert.Equal(["299: word 299", "300: word 300"], await _notebook.SeenAsync(_talk));
        Assert.Equal(3, (await _notebook.SeenAsync(_other)).Length);
        Assert.False(_notebook.Holds("word 298"));
        Assert.Equal(2 + 3, await CountAsync(ClientTables.MessageSequences));
    }

    [Fact]
    public async Task What_the_position_has_not_passed_yet_stays()
    {
        await FillAsync(_talk, 10, position: 4);

        await Forgetting.BeforeAsync(_notebook.Store, _talk, 8, Ct);

        Assert.Equal(["5: word 5", "6: word 6"], (await _notebook.SeenAsync(_talk)).Take(2));
    }

    [Fact]
    public async Task Of_a_conversation_that_was_left_nothing_stays_and_of_one_that_was_joined_again_what_came_since()
    {
        await FillAsync(_talk, 200);
        await FillAsync(_other, 10);
        await SaveAsync(_talk, visibleAfter: 0, isMember: false);
        await SaveAsync(_other, visibleAfter: 8, isMember: true);

        await Forgetting.LeftAsync(_notebook.Store, _talk, _me, Ct);
        await Forgetting.LeftAsync(_notebook.Store, _other, _me, Ct);

        Assert.Empty(await _notebook.SeenAsync(_talk));
        Assert.Equal(["9: word 9", "10: word 10"], await _notebook.SeenAsync(_other));
        await using var transaction = await _notebook.Store.BeginAsync(Ct);
        Assert.Null(await ConversationStore.FindAsync(transaction, _talk, Ct));
        Assert.Null(await ConversationStore.PositionAsync(transaction, _talk, Ct));
        Assert.NotNull(await ConversationStore.FindAsync(transaction, _other, Ct));
    }

    [Fact]
    public async Task The_log_of_arrivals_is_kept_from_where_the_subscription_is()
    {
        await using (var transaction = await _notebook.Store.BeginAsync(Ct))
        {
            for (var i = 1; i <= 300; i++)
                await ArrivalLog.AppendAsync(transaction, _talk, i, Ct);
            await transaction.PutNumberAsync(ClientTables.Subscriptions, "reader", 297, Ct);
            await transaction.CommitAsync(Ct);
        }

        await Forgetting.ArrivalsAsync(_notebook.Store, "reader", Ct);

        Assert.Equal(3, await CountAsync(ClientTables.Arrivals));
        await using var reading = await _notebook.Store.BeginAsync(Ct);
        Assert.Equal([298L, 299, 300], (await ArrivalLog.AfterAsync(reading, 297, 10, Ct)).Select(arrival => arrival.Arrival));
        Assert.Equal(300, await ArrivalLog.LastAsync(reading, Ct));
    }

    private async Task FillAsync(Guid conversation, int count, long? position = null)
    {
        await _notebook.SaveAsync([.. Enumerable.Range(1, count).Select(number => Notebook.Message(conversation, Guid.CreateVersion7(), number, new TextContent($"word {number}")))]);
        await using var transaction = await _notebook.Store.BeginAsync(Ct);
        await ConversationStore.SetPositionAsync(transaction, conversation, position ?? count, Ct);
        await transaction.CommitAsync(Ct);
    }

    private async Task SaveAsync(Guid conversation, long visibleAfter, bool isMember)
    {
        Participant[] members = isMember ? [new(_me, "me", "Me", null, ParticipantRole.Member, default, 0, 0, false)] : [];
        await using var transaction = await _notebook.Store.BeginAsync(Ct);
        await ConversationStore.SaveAsync(
            transaction, new(conversation, ConversationType.Group, "Group", null, _me, default, default, 0, 1, visibleAfter, members), Ct);
        await transaction.CommitAsync(Ct);
    }

    private async Task<int> CountAsync(string table)
    {
        await using var transaction = await _notebook.Store.BeginAsync(Ct);
        var count = 0;
        await foreach (var _ in transaction.ListAsync(table, "", null, ct: Ct))
            count++;
        return count;
    }
}
