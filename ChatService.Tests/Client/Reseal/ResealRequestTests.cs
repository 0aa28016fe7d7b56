using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Client.Reseal;
using ChatService.Contracts;
using ChatService.Tests.Encryption;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Client.Reseal;

/// <summary>How often a device asks.</summary>
public sealed class ResealRequestTests : IAsyncLifetime
{
    private readonly Guid _conversation = Guid.CreateVersion7();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private TestDevice _bob = null!;
    private Sending _sending = null!;
    private ResealRequests _requests = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _bob = await TestDevice.CreateAsync();
        // Without a connection everything stays in the outbox.
        _sending = await Sending.StartAsync(_bob, new ScriptedApi());
        _requests = new(_bob.Store, _sending.Outbox, _sending, _time, NullLogger.Instance);
    }

    [Fact]
    public async Task The_messages_of_one_device_are_asked_for_together_three_times_and_then_given_up()
    {
        var (alice, carol) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await LoseAsync(alice, 40);
        await LoseAsync(carol, 1);

        Assert.Equal(TimeSpan.FromSeconds(10), await _requests.AskAsync(Ct));
        Assert.Equal([(alice, 8), (alice, 32), (carol, 1)], (await AskedAsync()).OrderBy(asked => asked.Device == carol).ThenBy(asked => asked.Messages));
        Assert.NotNull(await _requests.AskAsync(Ct));
        Assert.Equal(3, (await AskedAsync()).Count);

        foreach (var pause in (TimeSpan[])[TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)])
        {
            _time.Advance(pause);
            await _requests.AskAsync(Ct);
        }

        Assert.Equal(9, (await AskedAsync()).Count);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(await _requests.AskAsync(Ct));
        Assert.Equal(9, (await AskedAsync()).Count);
        await using var transaction = await _bob.Store.BeginAsync(Ct);
        Assert.Empty(await ResealAsks.ListAsync(transaction, Ct));
    }

    [Fact]
    public async Task A_day_has_fifty_requests_whatever_a_server_pretends()
    {
        for (var i = 0; i < 60; i++)
        {
            await LoseAsync(Guid.CreateVersion7(), 1);
        }

        Assert.Equal(TimeSpan.FromMinutes(1), await _requests.AskAsync(Ct));
        Assert.Equal(50, (await AskedAsync()).Count);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _requests.AskAsync(Ct);
        Assert.Equal(50, (await AskedAsync()).Count);

        _time.Advance(TimeSpan.FromDays(1));
        await _requests.AskAsync(Ct);
        Assert.Equal(100, (await AskedAsync()).Count);
    }

    [Fact]
    public async Task One_device_gets_half_of_a_days_requests_at_most_and_the_others_theirs()
    {
        var (broken, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await LoseAsync(broken, 32 * 40);
        await LoseAsync(other, 1);

        await _requests.AskAsync(Ct);

        var asked = await AskedAsync();
        Assert.Equal(25, asked.Count(request => request.Device == broken));
        Assert.Single(asked, request => request.Device == other);
    }

    [Fact]
    public async Task Nobody_is_shown_what_is_asked_and_a_request_that_fails_leaves_nothing_behind()
    {
        var hub = new ScriptedHub();
        await LoseAsync(Guid.CreateVersion7(), 1);
        await _requests.AskAsync(Ct);
        Assert.Empty(await new MessageReader(_bob.Store, new ArrivalLog(), _bob.UserId).PendingAsync(_conversation, _bob.DeviceId, Ct));

        hub.Refuse(ErrorCodes.NotFound);
        _sending.Connect(hub);
        await Scenarios.Patience.UntilAsync(async () => (await AskedAsync()).Count == 0, "the request is gone");
    }

    public async ValueTask DisposeAsync()
    {
        await _sending.DisposeAsync();
        _requests.Dispose();
    }

    private async Task LoseAsync(Guid device, int count)
    {
        await using var transaction = await _bob.Store.BeginAsync(Ct);
        for (var i = 0; i < count; i++)
        {
            Assert.True(await ResealAsks.NoteAsync(
                transaction,
                new(Guid.CreateVersion7(), _conversation, Guid.CreateVersion7(), device, i + 1, "", "", "", MessageType.Text, DateTime.UnixEpoch),
                _time.GetUtcNow().UtcDateTime,
                Ct));
        }

        await transaction.CommitAsync(Ct);
    }

    /// <summary>What is in the outbox, which is only requests, each over a new session.</summary>
    private async Task<List<(Guid Device, int Messages)>> AskedAsync()
    {
        await using var transaction = await _bob.Store.BeginAsync(Ct);
        return [.. (await OutboxStore.ListAsync(transaction, _conversation, Ct)).Select(entry =>
        {
            var content = Assert.IsType<ResealRequestContent>(ContentJson.Read(entry.Json));
            Assert.Equal(content.Device, entry.FreshSessionWith);
            return (content.Device, content.Messages.Count);
        })];
    }
}
