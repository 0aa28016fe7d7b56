using System.Text;
using ChatService.Client.CatchUp;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Messages;
using ChatService.Client.Reseal;
using ChatService.Contracts;
using ChatService.Tests.Encryption;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatService.Tests.Client.Reseal;

/// <summary>What a device takes as an answer.</summary>
public sealed class ResealOpeningTests : IAsyncLifetime
{
    private readonly List<(SealedMessage Message, EnvelopeSecret Secret)> _lost = [];
    private Receiving _receiving = null!;
    private TestDevice _mallory = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestDevice Alice => _receiving.Sender;

    private TestDevice Bob => _receiving.Receiver;

    /// <summary>Alice and Mallory have sessions with Bob; Bob loses his, and cannot open two messages of Alice's.</summary>
    public async ValueTask InitializeAsync()
    {
        _receiving = await Receiving.CreateAsync();
        _mallory = await TestDevice.CreateAsync();
        await _receiving.ApplyAsync(await _receiving.SealAsync("before"));
        // Until Bob has answered, every message would carry what begins a session.
        await Alice.OpenAsync(await Bob.SealAsync(_receiving.Conversation, "answer", [Alice]));
        await ForgetAsync(Bob, Alice.DeviceId);
        foreach (var text in (string[])["first", "second"])
        {
            _lost.Add(await SealAsync(text));
        }

        var applied = await _receiving.ApplyAsync([.. _lost.Select(lost => lost.Message)]);
        Assert.True(applied.HasAsks);
        Assert.All(await LostAsync(), message => Assert.Equal(EncryptionError.NoSession, Assert.IsType<UndecryptableContent>(message.Content).Reason));

        // Bob's request begins a session anew.
        await Alice.OpenAsync(await Bob.SealAsync(_receiving.Conversation, "request", [Alice]));
        await _mallory.OpenAsync(await Bob.SealAsync(_receiving.Conversation, "hello", [_mallory]));
        await SetTriesAsync(1);
    }

    [Fact]
    public async Task A_wrap_of_the_original_opens_it_in_its_place_once()
    {
        var wrap = await WrapAsync(Alice, _lost[0].Secret);

        Assert.Equal(1, (await AnswerAsync(Alice, new ResealedWrap(_lost[0].Message.Id, wrap))).Arrivals);
        Assert.Equal(0, (await AnswerAsync(Alice, new ResealedWrap(_lost[0].Message.Id, wrap))).Arrivals);

        Assert.Equal(["first", null], (await LostAsync()).Select(message => message.Text));
        Assert.Equal([true, false], (await LostAsync()).Select(message => message.IsLate));
    }

    [Fact]
    public async Task Alice_cannot_give_Bob_another_content_than_she_gave_the_others()
    {
        var (_, other) = await SealAsync("something else");

        await AnswerAsync(Alice, new ResealedWrap(_lost[0].Message.Id, await WrapAsync(Alice, other)));
        await AnswerAsync(Alice, new ResealedWrap(_lost[0].Message.Id, await WrapAsync(Alice, _lost[1].Secret)));
        await AnswerAsync(Alice, new ResealedWrap(_lost[0].Message.Id, await WrapAsync(Alice, _lost[0].Secret with { Seed = new byte[32] })));

        Assert.All(await LostAsync(), message => Assert.IsType<UndecryptableContent>(message.Content));
        // What did not open has spoiled nothing.
        await AnswerAsync(Alice, new ResealedWrap(_lost[0].Message.Id, await WrapAsync(Alice, _lost[0].Secret)));
        Assert.Equal(["first", null], (await LostAsync()).Select(message => message.Text));
    }

    [Fact]
    public async Task Mallory_cannot_speak_for_Alice_even_with_a_secret_of_hers()
    {
        await AnswerAsync(_mallory, new ResealedWrap(_lost[0].Message.Id, await WrapAsync(_mallory, _lost[0].Secret)));
        await AnswerAsync(_mallory, new ResealedWrap(_lost[0].Message.Id, await WrapAsync(Alice, _lost[0].Secret)));

        Assert.All(await LostAsync(), message => Assert.IsType<UndecryptableContent>(message.Content));
    }

    [Fact]
    public async Task What_was_not_asked_for_or_is_for_another_device_or_malformed_is_left_alone()
    {
        await SetTriesAsync(0);
        await AnswerAsync(Alice, new ResealedWrap(_lost[0].Message.Id, await WrapAsync(Alice, _lost[0].Secret)));
        await SetTriesAsync(1);
        await AnswerAsync(Alice, Guid.CreateVersion7(), new ResealedWrap(_lost[0].Message.Id, await WrapAsync(Alice, _lost[0].Secret)));
        await AnswerAsync(Alice, new ResealedWrap(Guid.CreateVersion7(), await WrapAsync(Alice, _lost[0].Secret)));
        foreach (var malformed in (string[])["", "not base64", Convert.ToBase64String(new byte[106]), Convert.ToBase64String(new byte[100_000])])
        {
            await AnswerAsync(Alice, new ResealedWrap(_lost[0].Message.Id, malformed));
        }

        Assert.All(await LostAsync(), message => Assert.IsType<UndecryptableContent>(message.Content));
    }

    public ValueTask DisposeAsync() => default;

    private async Task<(SealedMessage Message, EnvelopeSecret Secret)> SealAsync(string text)
    {
        var template = await _receiving.SealAsync("only for its place");
        await using var transaction = await Alice.Store.BeginAsync(Ct);
        var (envelope, secret) = await Alice.Sealer.SealAsync(
            transaction, _receiving.Conversation, template.Id, Encoding.UTF8.GetBytes(ContentJson.Write(new TextContent(text))), [Bob.AsRecipient], [], [], Ct);
        await transaction.CommitAsync(Ct);
        return (
            template with
            {
                EncryptedContent = Convert.ToBase64String(envelope.EncryptedContent),
                Nonce = Convert.ToBase64String(envelope.Nonce),
                AuthTag = Convert.ToBase64String(envelope.AuthTag),
            },
            secret);
    }

    private async Task<string> WrapAsync(TestDevice sealer, EnvelopeSecret secret)
    {
        await using var transaction = await sealer.Store.BeginAsync(Ct);
        var wrap = await sealer.Sealer.WrapAgainAsync(transaction, Bob.AsRecipient, secret, Ct);
        await transaction.CommitAsync(Ct);
        return Convert.ToBase64String(wrap);
    }

    private Task<Applied> AnswerAsync(TestDevice from, ResealedWrap wrap) => AnswerAsync(from, Bob.DeviceId, wrap);

    /// <summary>As if the answer's own envelope had been opened.</summary>
    private async Task<Applied> AnswerAsync(TestDevice from, Guid asker, ResealedWrap wrap)
    {
        var content = new ResealContent(asker, [wrap]);
        var answer = new StoredMessage(Guid.CreateVersion7(), _receiving.Conversation, from.UserId, from.DeviceId, 900, DateTime.UtcNow) { Json = ContentJson.Write(content) };
        var applied = new Applied();
        await using var transaction = await Bob.Store.BeginAsync(Ct);
        await new ResealOpening(Bob.DeviceId, new EncryptionOptions(), NullLogger.Instance).ApplyAsync(transaction, answer, content, applied, Ct);
        await transaction.CommitAsync(Ct);
        return applied;
    }

    private async Task<IReadOnlyList<ChatMessage>> LostAsync() =>
        [.. (await _receiving.HistoryAsync()).Where(message => _lost.Any(lost => lost.Message.Id == message.Id))];

    private async Task SetTriesAsync(int tries)
    {
        await using var transaction = await Bob.Store.BeginAsync(Ct);
        foreach (var ask in await ResealAsks.ListAsync(transaction, Ct))
        {
            await ResealAsks.SaveAsync(transaction, ask with { Tries = tries }, Ct);
        }

        await transaction.CommitAsync(Ct);
    }

    private static async Task ForgetAsync(TestDevice device, Guid peer)
    {
        await using var transaction = await device.Store.BeginAsync(Ct);
        await new ChatService.Client.Encryption.Sessions.SessionStore(transaction).DeleteAllAsync(peer, Ct);
        await transaction.CommitAsync(Ct);
    }
}
