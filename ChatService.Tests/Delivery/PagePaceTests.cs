using ChatService.Contracts;
using ChatService.Hub.CatchUp;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Delivery;

public sealed class PagePaceTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void On_a_fast_line_pages_grow_to_the_largest_and_on_one_that_becomes_slow_they_shrink_again()
    {
        var pace = new PagePace(_time);
        var first = pace.Size;
        for (var i = 0; i < 10; i++)
        {
            Send(pace, pace.Size, seconds: 1);
        }

        var largest = pace.Size;
        Assert.Equal(16 * first, largest);
        Send(pace, largest, seconds: 2);
        Assert.Equal(largest, pace.Size);
        for (var i = 0; i < 10; i++)
        {
            Send(pace, pace.Size, seconds: 4);
        }

        Assert.Equal(first, pace.Size);
    }

    [Fact]
    public void Small_pages_say_nothing_about_how_fast_large_ones_would_be()
    {
        var pace = new PagePace(_time);
        var first = pace.Size;
        for (var i = 0; i < 100; i++)
        {
            Send(pace, 1_000, seconds: 0);
        }

        Assert.Equal(first, pace.Size);
    }

    [Fact]
    public void About_as_many_messages_are_read_as_fit()
    {
        var pace = new PagePace(_time);
        Assert.Equal(Limits.HistoryPage, pace.Messages);
        Send(pace, pace.Size, seconds: 2, messages: 4);
        Assert.Equal(5, pace.Messages);
        Send(pace, Limits.EnvelopeBase64, seconds: 2);
        Assert.Equal(1, pace.Messages);
    }

    private void Send(PagePace pace, int size, int seconds, int messages = 1)
    {
        pace.Sending([.. Enumerable.Range(0, messages).Select(_ => new SealedMessage(
            Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), null, 1, new string('A', size / messages), "", "", MessageType.Text, DateTime.UnixEpoch))]);
        _time.Advance(TimeSpan.FromSeconds(seconds));
        pace.Sent();
    }
}
