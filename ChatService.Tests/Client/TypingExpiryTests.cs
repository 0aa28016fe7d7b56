using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Client.Typing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Client;

public sealed class TypingExpiryTests : IDisposable
{
    private static readonly Guid s_room = Guid.CreateVersion7();
    private static readonly Guid s_bob = Guid.CreateVersion7();

    private readonly FakeTimeProvider _time = new();
    private readonly Inbox _inbox = new();
    private readonly List<bool> _seen = [];
    private readonly TypingExpiry _typing;

    public TypingExpiryTests()
    {
        var events = new ChatEvents(NullLogger.Instance);
        events.Typing += (_, _, isTyping) => _seen.Add(isTyping);
        _typing = new(_inbox, events, _time);
    }

    [Fact]
    public async Task Somebody_of_whom_nothing_more_is_heard_has_stopped_typing()
    {
        _typing.Told(s_room, s_bob, true);
        _time.Advance(TimeSpan.FromSeconds(5));
        _typing.Told(s_room, s_bob, true);
        _time.Advance(TimeSpan.FromSeconds(5));
        await HandleAsync();
        Assert.Equal([true], _seen);

        _time.Advance(TimeSpan.FromSeconds(2));
        await HandleAsync();
        Assert.Equal([true, false], _seen);
    }

    [Fact]
    public async Task A_message_and_a_word_each_end_it_once()
    {
        _typing.Told(s_room, s_bob, true);
        _typing.Stopped(s_room, s_bob);
        _typing.Told(s_room, s_bob, false);
        _typing.Told(s_room, s_bob, true);
        _typing.Told(s_room, s_bob, false);
        _time.Advance(TimeSpan.FromMinutes(1));
        await HandleAsync();

        Assert.Equal([true, false, true, false], _seen);
    }

    public void Dispose() => _typing.Dispose();

    private async Task HandleAsync()
    {
        while (_inbox.TryTake(out var call))
        {
            await call(null!);
        }
    }
}
