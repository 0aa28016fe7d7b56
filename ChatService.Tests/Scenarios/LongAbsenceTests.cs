using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Client.Storage;
using ChatService.Hub.CatchUp;
using ChatService.Hub.Rooms;
using ChatService.Tests.Accounts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.Storage;
using Npgsql;

namespace ChatService.Tests.Scenarios;

public sealed class LongAbsenceTests(AppHostFixture stack) : IDisposable
{
    private const int InTheLongOne = 1_200;
    private const int InEachGroup = 300;

    /// <summary>At most, of all conversations: that there is one, and that somebody came.</summary>
    private const int SystemMessages = 10;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>One ratchet for all conversations skips at most 1,000 keys: told the short ones first, nothing of them could be opened.</summary>
    [Fact]
    public async Task Bob_comes_back_to_2100_messages_of_one_bot_while_new_ones_arrive_and_opens_all_of_them_once_and_in_order()
    {
        using var account = await ApiUser.RegisterAsync(stack);
        await using var store = await SqliteChatStore.OpenAsync(_folder.PathOf("bob.db"), ct: Token);
        await using (var bob = await ChatClient.CreateAsync(await stack.GatewayAsync(), account.Tokens, store, ct: Token))
        {
            await bob.ConnectAsync(Token);
            await bob.CaughtUpAsync(Token).WaitAsync(Patience.Limit, Token);
        }

        await using var hub = await HubProcess.StartAsync(
            await stack.ConnectionStringAsync("chatdb"),
            await stack.ConnectionStringAsync("redis"),
            ("RateLimits:messages:Burst", "1000000"), ("RateLimits:message-bytes:Burst", "1000000000"));
        await using var bot = await Person.ConnectAsync(stack, hub.Address, new ChatClientOptions { Transport = HubTransport.WebSocketsOnly });
        List<(Conversation Conversation, int Count)> talks = [(await bot.Client.OpenDirectAsync(account.Profile.Handle, Token), InTheLongOne)];
        foreach (var name in (string[])["Builds", "Alarms", "News"])
        {
            talks.Add((await bot.Client.CreateGroupAsync(name, [account.Profile.Handle], Token), InEachGroup));
        }

        foreach (var (conversation, count) in talks)
        {
            await WriteAsync(bot, conversation, count);
        }

        await AssertOrderAsync(account.Id, [.. talks.Select(talk => talk.Conversation.Id)]);
        var traffic = new Traffic(bot, talks[^1].Conversation);
        await AssertCaughtUpAsync(account, store, talks, traffic);
        await traffic.StopAsync();
    }

    public void Dispose() => _folder.Dispose();

    private async Task AssertCaughtUpAsync(ApiUser account, SqliteChatStore store, List<(Conversation Conversation, int Count)> talks, Traffic traffic)
    {
        await using var bob = await ChatClient.CreateAsync(await stack.GatewayAsync(), account.Tokens, store, ct: Token);
        List<Guid> complete = [];
        bob.Events.ConversationCaughtUp += complete.Add;
        Dictionary<Guid, List<ChatMessage>> shown = talks.ToDictionary(talk => talk.Conversation.Id, _ => new List<ChatMessage>());
        var wanted = talks.ToDictionary(talk => talk.Conversation.Id, talk => talk.Count);
        wanted[talks[^1].Conversation.Id] += traffic.Count + 5;

        await bob.ConnectAsync(Token);
        var showing = Task.Run(() => ShowAsync(bob, shown, wanted), Token);
        await bob.CaughtUpAsync(Token).WaitAsync(Patience.Limit, Token);
        Guid[] toldComplete = [.. complete];
        await showing.WaitAsync(Patience.Limit, Token);

        Assert.Equal(talks.Select(talk => talk.Conversation.Id).Order(), toldComplete.Distinct().Order());
        foreach (var (conversation, count) in talks)
        {
            string[] texts = [.. shown[conversation.Id].Where(message => message.Content is not SystemContent).Select(message => message.Text ?? "not opened")];
            Assert.Equal(Numbers(count), texts.Take(count));
            Assert.Equal(Numbers(texts.Length - count), texts.Skip(count));
            Assert.True(texts.Length == count || conversation.Id == talks[^1].Conversation.Id, "Only there somebody writes on.");
        }

        await using var transaction = await store.BeginAsync(Token);
        var positions = (await ConversationStore.PositionsAsync(transaction, Token)).ToDictionary(each => each.ConversationId, each => each.Sequence);
        Assert.All(talks, talk => Assert.InRange(shown[talk.Conversation.Id][^1].Sequence!.Value, 1, positions[talk.Conversation.Id]));
    }

    /// <summary>However small the window: everything, each conversation forwards, and never more than a slice of the bot's messages at once.</summary>
    private async Task AssertOrderAsync(Guid reader, Guid[] conversations)
    {
        await using var database = NpgsqlDataSource.Create(await stack.ConnectionStringAsync("chatdb"));
        foreach (var window in (int[])[50, 900, 8_000])
        {
            var order = new CatchUpOrder(database, window);
            List<Missed> missed = [];
            foreach (var id in conversations)
            {
                await using var command = database.CreateCommand("SELECT last_sequence FROM conversations WHERE id = $1");
                command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
                missed.Add(new(new Room(id, default, (long)(await command.ExecuteScalarAsync(Token))!, 0, IsBlocked: false), 0));
            }

            while (missed.Count > 0)
            {
                var before = missed.Sum(each => each.Count);
                foreach (var slice in await order.NextAsync(missed, Token))
                {
                    List<Missed> next = [.. missed.Select(each => each with { After = slice.GetValueOrDefault(each.Room.ConversationId, each.Room.LastSequence) })];
                    var steps = missed.Zip(next, (each, then) => then.After - each.After).ToList();
                    Assert.All(steps, step => Assert.InRange(step, 0, long.MaxValue));
                    Assert.InRange(steps.Sum(), 0, CatchUpOrder.Slice + SystemMessages);
                    missed = next;
                }

                missed = [.. missed.Where(each => each.Count > 0)];
                Assert.InRange(missed.Sum(each => each.Count), 0, before - 1);
            }
        }
    }

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(1, count).Select(number => $"number {number}");

    /// <summary>What an application would show, until it is all that is wanted: in each conversation one sequence after the other, without a hole.</summary>
    private static async Task ShowAsync(ChatClient bob, Dictionary<Guid, List<ChatMessage>> shown, Dictionary<Guid, int> wanted)
    {
        await foreach (var message in bob.Messages(Token))
        {
            var conversation = shown[message.ConversationId];
            Assert.Equal((conversation.LastOrDefault()?.Sequence ?? 0) + 1, message.Sequence);
            conversation.Add(message);
            if (message.Content is not SystemContent)
            {
                wanted[message.ConversationId]--;
            }

            if (wanted.Values.All(left => left <= 0))
            {
                return;
            }
        }
    }

    private static async Task WriteAsync(Person writer, Conversation conversation, int count)
    {
        for (var number = 1; number <= count; number++)
        {
            await writer.Client.SendTextAsync(conversation, $"number {number}", Token);
        }
    }
}
