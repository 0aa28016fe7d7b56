using System.Globalization;
using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR.Protocol;

namespace ChatService.Tests.Delivery;

public sealed class BoundedConnectionTests : IAsyncDisposable
{
    private const string Message = nameof(IChatHubClient.ReceiveMessage);
    private const string CatchUp = nameof(IChatHubClient.BackplaneChanged);

    private readonly SlowLine _line = new();

    [Fact]
    public async Task What_the_transport_does_not_take_waits_in_order_and_typing_and_presence_are_left_out_first()
    {
        _line.Fill();
        for (var i = 0; i < Limits.WaitingSignals; i++)
        {
            _line.Write(Message, i);
        }

        _line.Write(nameof(IChatHubClient.UserTyping));
        _line.Write(nameof(IChatHubClient.PresenceChanged));
        _line.Write(Message, Limits.WaitingSignals);
        _line.Write("Last");
        await _line.ReadUntilAsync(call => call.Method == "Last");

        Assert.Equal(
            ["Filler", .. Enumerable.Repeat(Message, Limits.WaitingSignals + 1), "Last"],
            _line.Read.Select(call => call.Method));
        Assert.Equal(Enumerable.Range(0, Limits.WaitingSignals + 1), Numbers());
        Assert.False(_line.IsCut);
    }

    [Theory]
    [InlineData(Limits.WaitingCalls + 1, 1)]
    [InlineData(9, Limits.WaitingBytes / 8)]
    public async Task When_too_much_waits_messages_are_left_out_and_the_client_is_told_to_catch_up_after_the_rest(int messages, int size)
    {
        _line.Fill();
        _line.Write(nameof(IChatHubClient.ConversationCreated), "kept");
        for (var i = 0; i < messages; i++)
        {
            _line.Write(Message, new string('x', size));
            _line.Write(nameof(IChatHubClient.MessageRead), 1);
        }

        _line.Write(nameof(IChatHubClient.ConversationChanged), "kept too");
        await _line.ReadUntilAsync(call => call.Method == CatchUp);
        _line.Write(Message, 1);
        await _line.ReadUntilAsync(call => call.Method == Message);

        Assert.Equal(
            ["Filler", nameof(IChatHubClient.ConversationCreated), nameof(IChatHubClient.ConversationChanged), CatchUp, Message],
            _line.Read.Select(call => call.Method));
        Assert.False(_line.IsCut);
    }

    [Fact]
    public async Task What_has_waited_too_long_is_no_longer_live()
    {
        _line.Fill();
        _line.Write(Message, 1);
        _line.Time.Advance(TimeSpan.FromSeconds(Limits.WaitingSeconds + 1));
        _line.Write(Message, 2);
        await _line.ReadUntilAsync(call => call.Method == CatchUp);

        Assert.Empty(Numbers());
        Assert.False(_line.IsCut);
    }

    [Fact]
    public void A_connection_that_takes_nothing_is_cut()
    {
        _line.Fill();
        _line.Write(Message, 1);
        Assert.False(_line.IsCut);

        _line.Time.Advance(TimeSpan.FromSeconds(Limits.StalledSeconds + 1));
        _line.Write(Message, 2);
        Assert.True(SpinWait.SpinUntil(() => _line.IsCut, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public void A_connection_for_which_too_much_waits_that_cannot_be_left_out_is_cut()
    {
        _line.Fill();
        for (var i = 0; i <= Limits.WaitingCalls; i++)
        {
            _line.Write(nameof(IChatHubClient.ConversationCreated), i);
        }

        Assert.True(SpinWait.SpinUntil(() => _line.IsCut, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Whoever_reads_is_never_cut_however_long_a_catch_up_takes_in_a_busy_group()
    {
        var sent = 0;
        for (var page = 0; page < 20; page++)
        {
            var written = _line.Inner.WriteAsync(new StreamItemMessage("1", new string('x', 512 * 1024)), TestContext.Current.CancellationToken).AsTask();
            for (var i = 0; i < Limits.WaitingCalls; i++)
            {
                _line.Write(Message, sent++);
            }

            _line.Time.Advance(TimeSpan.FromSeconds(Limits.StalledSeconds));
            _line.Write(Message, sent++);
            await _line.ReadUntilAsync(_ => _line.Read.Count(call => call.Method == CatchUp) > page);
            await written;
            Assert.False(_line.IsCut);
        }

        for (var i = 0; i < 3; i++)
        {
            _line.Write(Message, sent++);
        }

        // Everything is there, or was before the last word to catch up.
        _line.Write("Last");
        await _line.ReadUntilAsync(call => call.Method == "Last");
        var numbers = Numbers();
        Assert.Equal(numbers.Order(), numbers);
        var afterLastWord = _line.Read.Skip(_line.Read.FindLastIndex(call => call.Method == CatchUp)).Count(call => call.Method == Message);
        Assert.InRange(afterLastWord, 3, Limits.WaitingCalls);
        Assert.Equal(Enumerable.Range(sent - afterLastWord, afterLastWord), numbers.TakeLast(afterLastWord));
    }

    [Fact]
    public async Task The_answer_to_a_clients_own_call_does_not_wait_behind_what_waits()
    {
        _line.Fill();
        for (var i = 0; i < 100; i++)
        {
            _line.Write(Message, i);
        }

        var answered = _line.Inner.WriteAsync(CompletionMessage.WithResult("1", "receipt"), TestContext.Current.CancellationToken).AsTask();
        _line.Write("Last");
        await _line.ReadUntilAsync(call => call.Method == "Last");
        await answered;

        Assert.InRange(_line.Read.FindIndex(call => call.Method == "type 3"), 1, 2);
        Assert.Equal(Enumerable.Range(0, 100), Numbers());
    }

    [Fact]
    public async Task Several_writers_at_once_lose_nothing_and_each_keeps_its_order()
    {
        const int each = 100;
        var writers = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                _line.Write($"Writer{writer}", $"{i} {new string('x', 1000)}");
            }
        })));
        for (var left = 4 * each; _line.Read.Count < left;)
        {
            await _line.ReadSomeAsync();
        }

        await writers;
        foreach (var writer in _line.Read.GroupBy(call => call.Method))
        {
            Assert.Equal(Enumerable.Range(0, each), writer.Select(call => int.Parse(call.Argument!.Split(' ')[0], CultureInfo.InvariantCulture)));
        }
    }

    public ValueTask DisposeAsync() => _line.DisposeAsync();

    private List<int> Numbers() =>
        [.. _line.Read.Where(call => call.Method == Message).Select(call => int.Parse(call.Argument!, CultureInfo.InvariantCulture))];
}
