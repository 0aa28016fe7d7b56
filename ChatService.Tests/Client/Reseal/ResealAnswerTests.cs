using ChatService.Client.Encryption;
using ChatService.Client.Messages;
using ChatService.Client.Reseal;
using ChatService.Contracts;
using ChatService.Tests.Encryption;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatService.Tests.Client.Reseal;

/// <summary>What a device answers, and to whom it does not.</summary>
public sealed class ResealAnswerTests : IAsyncLifetime
{
    private readonly Guid _conversation = Guid.CreateVersion7();
    private readonly ScriptedApi _api = new();
    private readonly ScriptedHub _hub = new();
    private TestDevice _alice = null!;
    private TestDevice _bob = null!;
    private Sending _sending = null!;
    private ResealAnswers _answers = null!;
    private ChatMessage _sent = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_alice, _bob) = (await TestDevice.CreateAsync(oneTimePreKeys: 20), await TestDevice.CreateAsync());
        _api.Devices.Add(_bob);
        _sending = await Sending.StartAsync(_alice, _api, _hub);
        _answers = new(_alice.Store, _sending.Outbox, _sending.Lists, _alice.DeviceId, new EncryptionOptions(), NullLogger.Instance);
        _sent = await SendAsync("for Bob");
    }

    [Fact]
    public async Task The_device_that_it_was_sealed_for_is_answered_three_times_and_not_a_fourth()
    {
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(1, await AskAsync(_bob, _sent.Id));
        }

        Assert.Equal(0, await AskAsync(_bob, _sent.Id));
        var other = await SendAsync("another");
        Assert.Equal(1, await AskAsync(_bob, other.Id));
    }

    [Fact]
    public async Task A_device_that_came_later_is_told_nothing_of_before_though_it_is_the_same_users()
    {
        var later = await TestDevice.CreateAsync(userId: _bob.UserId);
        _api.Devices.Add(later);
        _sending.Lists.DropAll();
        var sent = await SendAsync("for both");

        Assert.Equal(0, await AskAsync(later, _sent.Id));
        Assert.Equal(1, await AskAsync(later, sent.Id));
    }

    [Fact]
    public async Task A_device_that_is_not_on_the_list_any_more_gets_nothing()
    {
        _api.Devices.Clear();
        _api.Devices.Add(await TestDevice.CreateAsync());
        _sending.Lists.DropAll();

        Assert.Equal(0, await AskAsync(_bob, _sent.Id));
    }

    [Fact]
    public async Task Nobody_is_answered_for_another_device_or_conversation_or_for_what_this_device_did_not_write()
    {
        var others = await ReceiveAsync("from Bob");

        Assert.Equal(0, await AskAsync(_bob, others));
        Assert.Equal(0, await AskAsync(_bob, Guid.CreateVersion7()));
        Assert.Equal(0, await AskAsync(_bob, _sent.Id, conversation: Guid.CreateVersion7()));
        Assert.Equal(0, await AskAsync(_bob, _sent.Id, meant: Guid.CreateVersion7()));
        Assert.Equal(0, await AskAsync(_bob, _sent.Id, asDevice: Guid.CreateVersion7()));
    }

    [Fact]
    public async Task What_was_taken_back_is_not_given_again()
    {
        _hub.Accept();
        await (await _sending.Outbox.AddAsync(_conversation, new DeleteContent(_sent.Id), Ct)).Acknowledged.WaitAsync(Ct);

        Assert.Equal(0, await AskAsync(_bob, _sent.Id));
    }

    [Fact]
    public async Task A_request_for_thousands_is_answered_for_thirty_two()
    {
        Guid[] ids = [.. Enumerable.Range(0, 5000).Select(_ => Guid.CreateVersion7())];

        Assert.Equal(1, await AskAsync(_bob, [_sent.Id, .. ids]));
        Assert.Equal(0, await AskAsync(_bob, [.. ids, _sent.Id]));
        Assert.Equal(1, await AskAsync(_bob, [_sent.Id, _sent.Id, _sent.Id]));
    }

    public async ValueTask DisposeAsync() => await _sending.DisposeAsync();

    private async Task<ChatMessage> SendAsync(string text)
    {
        _hub.Accept();
        return await (await _sending.SendAsync(_conversation, text)).WaitAsync(Ct);
    }

    /// <summary>Something that another device wrote.</summary>
    private async Task<Guid> ReceiveAsync(string text)
    {
        var id = Guid.CreateVersion7();
        await using var transaction = await _alice.Store.BeginAsync(Ct);
        await MessageStore.SaveAsync(
            transaction, new(id, _conversation, _bob.UserId, _bob.DeviceId, 1000, DateTime.UtcNow) { Json = ContentJson.Write(new TextContent(text)) }, Ct);
        await transaction.CommitAsync(Ct);
        return id;
    }

    private Task<int> AskAsync(TestDevice asker, Guid messageId, Guid? conversation = null, Guid? meant = null, Guid? asDevice = null) =>
        AskAsync(asker, [messageId], conversation, meant, asDevice);

    private async Task<int> AskAsync(TestDevice asker, Guid[] messageIds, Guid? conversation = null, Guid? meant = null, Guid? asDevice = null)
    {
        var request = new ResealRequestContent(meant ?? _alice.DeviceId, messageIds);
        var answered = await _answers.AnswerAsync(
            new(Guid.CreateVersion7(), conversation ?? _conversation, asker.UserId, asDevice ?? asker.DeviceId, 2000, DateTime.UtcNow) { Json = ContentJson.Write(request) }, Ct);
        if (answered > 0)
        {
            _hub.Accept();
        }

        return answered;
    }
}
