using ChatService.Client;
using ChatService.Client.Encryption;
using ChatService.Client.Messages;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Client.Reseal;

public sealed class LostSessionTests(AppHostFixture stack)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bob_loses_his_sessions_and_has_what_Alice_wrote_late_rather_than_never_and_Carol_notices_nothing()
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        await using var carol = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        var group = await alice.Client.CreateGroupAsync("Three", [bob.Handle, carol.Handle], Ct);
        await alice.SayAsync(group, "before");
        await bob.HearsAsync("before");

        await LoseSessionsAsync(bob.Client);
        var lost = await alice.SayAsync(group, "after the loss");
        await alice.SayAsync(group, "and after that");
        await bob.HearsAsync("after the loss");
        await bob.HearsAsync("and after that");

        var inPlace = (await bob.Client.HistoryAsync(group.Id, ct: Ct)).Single(message => message.Id == lost.Id);
        Assert.Equal((lost.Sequence, "after the loss", true), (inPlace.Sequence, inPlace.Text, inPlace.IsLate));
        // It was shown as what it was before it was shown as what it says.
        Assert.Equal([typeof(UndecryptableContent), typeof(TextContent)], bob.Heard.Where(message => message.Id == lost.Id).Select(message => message.Content.GetType()));
        await alice.SayAsync(group, "can you hear me?");
        await bob.HearsAsync("can you hear me?");
        await bob.SayAsync(group, "yes");
        await Task.WhenAll(alice.HearsAsync("yes"), carol.HearsAsync("yes"));
        string?[] all = ["before", "after the loss", "and after that", "can you hear me?", "yes"];
        foreach (var person in (Person[])[alice, bob, carol])
        {
            var history = (await person.Client.HistoryAsync(group.Id, ct: Ct)).Where(message => message.Content is not SystemContent);
            Assert.Equal(all, history.Select(message => message.Text));
            Assert.Empty(await person.Client.PendingAsync(group.Id, Ct));
        }

        Assert.Equal(all, carol.HeardTexts);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task However_often_either_of_them_loses_sessions_both_end_with_the_whole_conversation(int seed)
    {
        var random = new Random(seed);
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        var conversation = await alice.OpenAsync(bob);
        await alice.SayAsync(conversation, "hello");
        await bob.HearsAsync("hello");
        await bob.SayAsync(conversation, "hello yourself");
        await alice.HearsAsync("hello yourself");

        List<string> said = ["hello", "hello yourself"];
        for (var i = 0; i < 20; i++)
        {
            if (random.Next(6) == 0)
            {
                await LoseSessionsAsync((random.Next(2) == 0 ? alice : bob).Client);
            }

            said.Add($"{seed}/{i}");
            await (random.Next(2) == 0 ? alice : bob).SayAsync(conversation, said[^1]);
        }

        foreach (var person in (Person[])[alice, bob])
        {
            await Patience.UntilAsync(
                async () => (await TextsAsync(person, conversation.Id)).Order().SequenceEqual(said.Order()), $"@{person.Handle} has the whole conversation");
        }

        Assert.Equal(await TextsAsync(alice, conversation.Id), await TextsAsync(bob, conversation.Id));
    }

    private static async Task<string[]> TextsAsync(Person person, Guid conversationId) =>
        [.. (await person.Client.HistoryAsync(conversationId, ct: Ct)).Where(message => message.Content is not SystemContent).Select(message => message.Text ?? "?")];

    /// <summary>As when a store is damaged, or an older copy of it put back.</summary>
    private static async Task LoseSessionsAsync(ChatClient client)
    {
        await using var transaction = await client.Parts.Store.BeginAsync(Ct);
        List<string> keys = [];
        await foreach (var (key, _) in transaction.ListAsync(StoreTables.Sessions, "", null, ct: Ct))
        {
            keys.Add(key);
        }

        foreach (var key in keys)
        {
            await transaction.DeleteAsync(StoreTables.Sessions, key, Ct);
        }

        await transaction.CommitAsync(Ct);
    }
}
