using System.Diagnostics;
using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Scenarios;

/// <summary>Two people who came in the same way and keep writing to each other.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(100);

    private readonly List<string> _noticed = [];
    private readonly Stopwatch _now = Stopwatch.StartNew();
    private readonly Entrance _entrance;
    private readonly WayIn _way;
    private readonly Person _alice;
    private readonly Person _bob;
    private readonly Conversation _conversation;
    private readonly Traffic _hers;
    private readonly Traffic _his;
    private readonly Task _typing;
    private readonly CancellationTokenSource _enough = new();

    private Pair(Entrance entrance, WayIn way, Person alice, Person bob, Conversation conversation)
    {
        (_entrance, _way, _alice, _bob, _conversation) = (entrance, way, alice, bob, conversation);
        Watch(alice);
        Watch(bob);
        (_hers, _his) = (new(alice, conversation), new(bob, conversation));
        _typing = TypeAsync();
    }

    /// <summary>What the two would have seen of a server that goes away.</summary>
    public IReadOnlyList<string> Noticed
    {
        get
        {
            lock (_noticed)
            {
                return [.. _noticed];
            }
        }
    }

    public static async Task<Pair> ConnectAsync(AppHostFixture stack, Entrance entrance)
    {
        var way = await WayIn.OpenAsync(stack, entrance);
        var (alice, bob) = (await way.ConnectAsync(1), await way.ConnectAsync(2));
        var conversation = await alice.OpenAsync(bob);
        await bob.OpenAsync(alice);
        return new(entrance, way, alice, bob, conversation);
    }

    public Task AvoidAsync(int hub) => _way.AvoidAsync(hub);

    public Task GrowsByAsync(int count)
    {
        return Task.WhenAll(_hers.GrowsByAsync(count, () => By(_alice)), _his.GrowsByAsync(count, () => By(_bob)));

        string By(Person writer) => $" ({writer.Handle}, {_entrance}: {string.Join(", ", Noticed)}; it is {_now.Elapsed.TotalSeconds:0.0} s)";
    }

    /// <summary>Ends the talk. No send has failed, or this does; each has what the other was acknowledged, in order, once, and so has the database.</summary>
    public async Task AssertNothingIsLostAsync(AppHostFixture stack)
    {
        var (said, answered) = (await _hers.StopAsync(), await _his.StopAsync());
        await Hearing.AssertAsync(stack, _conversation, said, _bob, others: answered.Count);
        await Hearing.AssertAsync(stack, _conversation, answered, _alice, others: said.Count);
    }

    public async ValueTask DisposeAsync()
    {
        await _enough.CancelAsync();
        await _typing;
        _enough.Dispose();
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        await _way.DisposeAsync();
    }

    /// <summary>What is not worth waiting for is called once, and still does not fail because a server is restarted.</summary>
    private async Task TypeAsync()
    {
        while (!_enough.IsCancellationRequested)
        {
            try
            {
                await _alice.Client.SetTypingAsync(_conversation.Id, isTyping: true, TestContext.Current.CancellationToken);
            }
            catch (ChatException e)
            {
                Notice($"{_alice.Handle} could not say that she types: {e.Code}");
            }

            await Task.Delay(s_pace, CancellationToken.None);
        }
    }

    private void Watch(Person person)
    {
        person.Client.Events.ConnectionChanged += state => Notice($"{person.Handle} is {state}");
        person.Client.Events.OwnMessageChanged += message =>
        {
            if (message.State == MessageState.Failed)
                Notice($"{person.Handle} could not send: {message.Error?.Code}");
        };
    }

    private void Notice(string what)
    {
        lock (_noticed)
        {
            _noticed.Add($"{_now.Elapsed.TotalSeconds:0.0} s {what}");
        }
    }
}
