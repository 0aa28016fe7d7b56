using ChatService.Client;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Contracts;
using ChatService.Tests.Encryption;

namespace ChatService.Tests.Client;

public sealed class OutboxTests : IDisposable
{
    private readonly Guid _conversation = Guid.CreateVersion7();
    private readonly ScriptedHub _hub = new();
    private readonly ScriptedApi _api = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task A_stale_device_list_is_fetched_anew_and_the_message_sealed_again_under_its_id()
    {
        _api.Devices.Add(await TestDevice.CreateAsync());
        await using var alice = await Sending.StartAsync(await TestDevice.CreateAsync(), _api, _hub);

        var acknowledged = await alice.SendAsync(_conversation, "hello");
        var first = await _hub.Sent.Reader.ReadAsync(Ct);
        _api.Devices.Add(await TestDevice.CreateAsync());
        _hub.Refuse(ErrorCodes.DeviceListStale);
        var second = await _hub.Sent.Reader.ReadAsync(Ct);
        _hub.Accept();

        Assert.Equal(MessageState.Sent, (await acknowledged).State);
        // Each time somebody new is on the list, so it is asked for again once the members are known.
        Assert.Equal((1, 2, 4), (first.Wraps, second.Wraps, _api.ListsFetched));
        Assert.Equal(first.MessageId, second.MessageId);
        Assert.NotEqual(first.EncryptedContent, second.EncryptedContent);
    }

    [Theory]
    [InlineData(ErrorCodes.Unavailable)]
    [InlineData(ErrorCodes.RateLimited)]
    [InlineData(ErrorCodes.Internal)]
    public async Task What_the_server_cannot_take_now_is_sent_again_as_it_was(string code)
    {
        _api.Devices.Add(await TestDevice.CreateAsync());
        await using var alice = await Sending.StartAsync(await TestDevice.CreateAsync(), _api, _hub);

        var delayed = new List<(Guid, string)>();
        alice.Events.SendDelayed += (message, error) => delayed.Add((message, error.Code));
        _hub.Refuse(code, retryAfterMs: 1);
        _hub.Accept();
        await await alice.SendAsync(_conversation, "hello");

        var (first, second) = (await _hub.Sent.Reader.ReadAsync(Ct), await _hub.Sent.Reader.ReadAsync(Ct));
        Assert.Equal(first, second);
        Assert.Equal([(first.MessageId, code)], delayed);
    }

    [Fact]
    public async Task A_call_that_the_connection_took_with_it_is_repeated_on_the_next_one()
    {
        _api.Devices.Add(await TestDevice.CreateAsync());
        await using var alice = await Sending.StartAsync(await TestDevice.CreateAsync(), _api);
        var link = alice.Connect(_hub);

        var acknowledged = await alice.SendAsync(_conversation, "hello");
        var first = await _hub.Sent.Reader.ReadAsync(Ct);
        alice.Disconnect();
        link.Lose();
        _hub.Break(new IOException("The connection was lost."));
        var next = new ScriptedHub();
        next.Accept();
        alice.Connect(next);

        await acknowledged;
        Assert.Equal(first, await next.Sent.Reader.ReadAsync(Ct));
    }

    [Fact]
    public async Task After_a_restart_the_very_same_envelope_is_sent()
    {
        _api.Devices.Add(await TestDevice.CreateAsync());
        var device = await TestDevice.CreateAsync();
        (Guid, Guid, string, int) first;
        await using (var alice = await Sending.StartAsync(device, _api, _hub))
        {
            await alice.SendAsync(_conversation, "hello");
            first = await _hub.Sent.Reader.ReadAsync(Ct);
            _hub.Break(new IOException("The connection was lost."));
            alice.Disconnect();
        }

        var next = new ScriptedHub();
        next.Accept();
        await using var restarted = await Sending.StartAsync(device, _api, next);

        Assert.Equal(first, await next.Sent.Reader.ReadAsync(Ct));
    }

    [Fact]
    public async Task What_is_refused_for_good_fails_and_lets_the_next_one_go()
    {
        _api.Devices.Add(await TestDevice.CreateAsync());
        await using var alice = await Sending.StartAsync(await TestDevice.CreateAsync(), _api, _hub);

        _hub.Refuse(ErrorCodes.NotFound);
        _hub.Accept();
        var (refused, accepted) = (await alice.SendAsync(_conversation, "one"), await alice.SendAsync(_conversation, "two"));

        Assert.Equal(ErrorCodes.NotFound, (await Assert.ThrowsAsync<ChatException>(() => refused)).Code);
        Assert.Equal("two", (await accepted).Text);
        await using var transaction = await alice.Device.Store.BeginAsync(Ct);
        var kept = Assert.Single(await OutboxStore.ListAsync(transaction, _conversation, Ct));
        Assert.Equal(ErrorCodes.NotFound, kept.Error?.Code);
    }

    [Fact]
    public async Task A_failed_message_can_be_tried_again()
    {
        _api.Devices.Add(await TestDevice.CreateAsync());
        await using var alice = await Sending.StartAsync(await TestDevice.CreateAsync(), _api, _hub);
        _hub.Refuse(ErrorCodes.Forbidden);
        var failed = await alice.SendAsync(_conversation, "one");
        await Assert.ThrowsAsync<ChatException>(() => failed);
        var sent = new TaskCompletionSource<ChatMessage>();
        alice.Events.OwnMessageChanged += message =>
        {
            if (message.State == MessageState.Sent)
                sent.TrySetResult(message);
        };

        _hub.Accept();
        var id = (await _hub.Sent.Reader.ReadAsync(Ct)).MessageId;
        Assert.True(await alice.Outbox.RetryAsync(_conversation, id, Ct));

        Assert.Equal("one", (await sent.Task.WaitAsync(Ct)).Text);
        Assert.False(await alice.Outbox.RetryAsync(_conversation, id, Ct));
    }

    [Fact]
    public async Task A_conversation_keeps_its_order_and_does_not_wait_for_another_ones()
    {
        _api.Devices.Add(await TestDevice.CreateAsync());
        await using var alice = await Sending.StartAsync(await TestDevice.CreateAsync(), _api, _hub);
        var other = Guid.CreateVersion7();

        List<Task<ChatMessage>> sending = [];
        for (var i = 0; i < 5; i++)
            sending.Add(await alice.SendAsync(_conversation, $"{i}"));
        // The first one has no answer yet; the other conversation's goes all the same.
        Assert.Equal(_conversation, (await _hub.Sent.Reader.ReadAsync(Ct)).Conversation);
        sending.Add(await alice.SendAsync(other, "other"));
        Assert.Equal(other, (await _hub.Sent.Reader.ReadAsync(Ct)).Conversation);

        for (var i = 0; i < sending.Count; i++)
            _hub.Accept();
        var sent = await Task.WhenAll(sending);
        Assert.Equal(["0", "1", "2", "3", "4"], sent.Where(message => message.ConversationId == _conversation).OrderBy(message => message.Sequence).Select(message => message.Text));
    }
}
