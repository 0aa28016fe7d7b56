using System.Diagnostics;
using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Client.Storage;
using ChatService.Tests.Accounts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.Storage;

namespace ChatService.Tests.Scenarios;

public sealed class LongAbsenceTests(AppHostFixture stack) : IDisposable
{
    private const int Groups = 19;
    private const int InTheLongOne = 2_800;
    private const int InEachGroup = 380;

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bobs_devices_come_back_to_10000_messages_while_new_ones_arrive_and_have_all_of_them_once_and_in_order()
    {
        using var account = await ApiUser.RegisterAsync(stack);
        await using var memory = new InMemoryChatStore();
        await using var sqlite = await SqliteChatStore.OpenAsync(_folder.PathOf("bob.db"), ct: Token);
        foreach (var store in (IChatStore[])[memory, sqlite])
        {
            await using var bob = await ComeAsync(account, store);
        }

        // Two friends who type faster than people do, and a hub that lets them.
        await using var hub = await HubProcess.StartAsync(
            await stack.ConnectionStringAsync("chatdb"),
            await stack.ConnectionStringAsync("redis"),
            ("RateLimits:messages:Burst", "1000000"), ("RateLimits:messages:PerSecond", "1000000"), ("RateLimits:message-bytes:Burst", "1000000000"), ("RateLimits:message-bytes:PerSecond", "1000000000"));
        await using var alice = await Person.ConnectAsync(stack, hub.Address);
        await using var carol = await Person.ConnectAsync(stack, hub.Address);
        List<(Person Writer, Conversation Conversation, int Count)> talks = [(alice, await alice.Client.OpenDirectAsync(account.Profile.Handle, Token), InTheLongOne)];
        for (var i = 0; i < Groups; i++)
        {
            var writer = i % 2 == 0 ? alice : carol;
            talks.Add((writer, await writer.Client.CreateGroupAsync($"Group {i}", [account.Profile.Handle], Token), InEachGroup));
        }

        var clock = Stopwatch.StartNew();
        await Task.WhenAll(talks.Select(talk => WriteAsync(talk.Writer, talk.Conversation, talk.Count)));
        Say($"10,020 messages were sealed for two devices, sent and acknowledged in {clock.Elapsed.TotalSeconds:0.0} s");

        var traffic = new Traffic(talks[^1].Writer, talks[^1].Conversation);
        foreach (var store in (IChatStore[])[memory, sqlite])
        {
            await AssertCaughtUpAsync(account, store, talks, traffic);
        }

        await traffic.StopAsync();
    }

    public void Dispose() => _folder.Dispose();

    private async Task AssertCaughtUpAsync(
        ApiUser account, IChatStore store, List<(Person Writer, Conversation Conversation, int Count)> talks, Traffic traffic)
    {
        await using var bob = await ChatClient.CreateAsync(await stack.GatewayAsync(), account.Tokens, store, ct: Token);
        List<Guid> complete = [];
        bob.Events.ConversationCaughtUp += complete.Add;
        Dictionary<Guid, List<ChatMessage>> shown = talks.ToDictionary(talk => talk.Conversation.Id, _ => new List<ChatMessage>());
        var before = traffic.Count;

        var clock = Stopwatch.StartNew();
        await bob.ConnectAsync(Token);
        var showing = Task.Run(() => ShowAsync(bob, shown, talks.Sum(talk => talk.Count) + before + 5), Token);
        await bob.CaughtUpAsync(Token).WaitAsync(Patience.Limit, Token);
        Say($"{store.GetType().Name}: caught up in {clock.Elapsed.TotalSeconds:0.0} s");
        Guid[] inOrder = [.. complete];
        await showing.WaitAsync(Patience.Limit, Token);
        Say($"{store.GetType().Name}: shown, with what came meanwhile, in {clock.Elapsed.TotalSeconds:0.0} s");

        // Each was known to be complete, and none had to wait for the long one, save for the one in which somebody writes on.
        Assert.Equal(talks.Select(talk => talk.Conversation.Id).Order(), inOrder.Distinct().Order());
        Assert.InRange(inOrder.Distinct().ToList().IndexOf(talks[0].Conversation.Id), Groups - 1, Groups);
        foreach (var (_, conversation, count) in talks)
        {
            string[] texts = [.. shown[conversation.Id].Where(message => message.Content is TextContent).Select(message => message.Text!)];
            Assert.Equal(Numbers(count), texts.Take(count));
            Assert.Equal(Numbers(texts.Length - count), texts.Skip(count));
            Assert.True(texts.Length == count || conversation.Id == talks[^1].Conversation.Id, "Only there somebody writes on.");
        }

        await using var transaction = await store.BeginAsync(Token);
        var positions = (await ConversationStore.PositionsAsync(transaction, Token)).ToDictionary(each => each.ConversationId, each => each.Sequence);
        Assert.All(talks, talk => Assert.InRange(shown[talk.Conversation.Id][^1].Sequence!.Value, 1, positions[talk.Conversation.Id]));
    }

    private static IEnumerable<string> Numbers(int count) => Enumerable.Range(1, count).Select(number => $"number {number}");

    /// <summary>What an application would show, until it is so many texts: in each conversation one sequence after the other, without a hole.</summary>
    private static async Task ShowAsync(ChatClient bob, Dictionary<Guid, List<ChatMessage>> shown, int count)
    {
        await foreach (var message in bob.Messages(Token))
        {
            var conversation = shown[message.ConversationId];
            Assert.Equal((conversation.LastOrDefault()?.Sequence ?? 0) + 1, message.Sequence);
            conversation.Add(message);
            if (message.Content is TextContent && --count == 0)
            {
                return;
            }
        }
    }

    private async Task<ChatClient> ComeAsync(ApiUser account, IChatStore store)
    {
        var client = await ChatClient.CreateAsync(await stack.GatewayAsync(), account.Tokens, store, ct: Token);
        await client.ConnectAsync(Token);
        await client.CaughtUpAsync(Token).WaitAsync(Patience.Limit, Token);
        return client;
    }

    private static async Task WriteAsync(Person writer, Conversation conversation, int count)
    {
        for (var number = 1; number < count; number++)
        {
            await writer.Client.QueueAsync(conversation.Id, new TextContent($"number {number}"), Token);
        }

        // A conversation's messages go one after the other, so with the last one all are there.
        await writer.Client.SendTextAsync(conversation, $"number {count}", Token);
    }

    private static void Say(string figure) => TestContext.Current.TestOutputHelper!.WriteLine(figure);
}
