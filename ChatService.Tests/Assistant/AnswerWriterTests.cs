using System.Text.Json;
using System.Threading.Channels;
using ChatService.Client;
using ChatService.Client.Assistant;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Primitives;
using ChatService.Client.Messages;
using ChatService.Contracts;
using ChatService.Tests.Client;
using ChatService.Tests.Encryption;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatService.Tests.Assistant;

/// <summary>How words leave while they come, by a clock that the test moves.</summary>
public sealed class AnswerWriterTests : IAsyncLifetime
{
    private readonly SteppedTime _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ScriptedApi _api = new();
    private readonly ChunkHub _hub = new();
    private readonly Guid _conversation = Guid.CreateVersion7();
    private TestDevice _assistant = null!;
    private TestDevice _alice = null!;
    private Sending _sending = null!;
    private byte[] _key = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (_assistant, _alice) = (await TestDevice.CreateAsync(), await TestDevice.CreateAsync());
        _api.Devices.Add(_alice);
        _sending = await Sending.StartAsync(_assistant, _api);
        _sending.Connect(_hub);
    }

    [Fact]
    public async Task The_first_words_leave_without_any_waiting_and_those_of_the_next_sixty_milliseconds_together()
    {
        Assert.InRange(AnswerWriter.BatchTime, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(100));
        await using (var writer = await BeginAsync())
        {
            writer.Append("The");
            // The clock stands still.
            Assert.Equal((1, "The"), await NextAsync());
            Assert.Equal(AnswerWriter.BatchTime, await _time.WaitBeginsAsync(Ct));

            writer.Append(" first");
            writer.Append(" words");
            _time.Advance(AnswerWriter.BatchTime - TimeSpan.FromMilliseconds(1));
            Assert.False(_hub.Chunks.Reader.TryRead(out _));
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal((2, " first words"), await NextAsync());
            Assert.Equal(AnswerWriter.BatchTime, await _time.WaitBeginsAsync(Ct));

            // After a silence there is nothing to wait for either.
            _time.Advance(TimeSpan.FromSeconds(5));
            writer.Append(" again");
            Assert.Equal((3, " again"), await NextAsync());
            Assert.Equal(AnswerWriter.BatchTime, await _time.WaitBeginsAsync(Ct));
            _time.Advance(AnswerWriter.BatchTime);
        }

        Assert.False(_hub.Chunks.Reader.TryRead(out _));
    }

    [Fact]
    public async Task Much_at_once_leaves_in_pieces_of_a_bounded_size()
    {
        var text = string.Concat(Enumerable.Range(0, 1000).Select(number => $"{number:0000} "));
        await using var writer = await BeginAsync();
        writer.Append(text);

        Assert.Equal(text, (await NextAsync()).Text + (await NextAsync()).Text + (await NextAsync()).Text);
        await _time.WaitBeginsAsync(Ct);
        _time.Advance(AnswerWriter.BatchTime);
    }

    public ValueTask DisposeAsync() => _sending.DisposeAsync();

    /// <summary>The members' device has the key then, before there is a word.</summary>
    private async Task<AnswerWriter> BeginAsync()
    {
        var parts = new AnswerParts(_sending, _sending.Sealer, _sending.Outbox, _assistant.DeviceId, new EncryptionOptions(), _time, NullLogger.Instance, Ct);
        var writer = new AnswerWriter(parts, new ChatMessage
        {
            Id = Guid.CreateVersion7(),
            ConversationId = _conversation,
            SenderId = _alice.UserId,
            Sequence = 1,
            CreatedAt = _time.GetUtcNow().UtcDateTime,
            Content = new AssistantPromptContent("What?"),
            State = MessageState.Received,
            IsOwn = false,
        });
        Assert.True(await writer.IsWelcomeAsync(Ct));
        var opening = await _hub.Chunks.Reader.ReadAsync(Ct);
        await using var transaction = await _alice.Store.BeginAsync(Ct);
        var opened = await _alice.Opener.OpenAsync(
            transaction,
            _conversation,
            _assistant.UserId,
            Convert.FromBase64String(opening.EncryptedContent),
            Convert.FromBase64String(opening.Nonce),
            Convert.FromBase64String(opening.AuthTag),
            Ct);
        _key = JsonSerializer.Deserialize(opened.Content, ClientJson.Default.AnswerOpening)!.Key;
        return writer;
    }

    private async Task<(int Index, string? Text)> NextAsync()
    {
        var chunk = await _hub.Chunks.Reader.ReadAsync(Ct);
        return (chunk.Index, new AnswerCipher(PlatformAesGcm.Default).TryOpen(_key, _assistant.DeviceId, chunk));
    }

    private sealed class ChunkHub : SilentHub
    {
        public Channel<AIChunk> Chunks { get; } = Channel.CreateUnbounded<AIChunk>();

        public override Task SendAIChunk(AIChunk chunk)
        {
            Chunks.Writer.TryWrite(chunk);
            return Task.CompletedTask;
        }

        public override Task<MessageReceipt> SendMessage(Guid conversationId, string encryptedContent, string nonce, string? authTag) => throw new NotSupportedException();
    }
}
