using System.Text.Json;
using ChatService.Contracts;
using ChatService.Tests.HubCalls;
using ChatService.Tests.Scenarios;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Tests.Abuse;

/// <summary>Limits of what is sent.</summary>
internal static class MessageLimits
{
    public static Dictionary<string, Func<LimitStage, Task>> Rows { get; } = new()
    {
        [nameof(Limits.EnvelopeBase64)] = EnvelopeAsync,
        [nameof(Limits.PaddingBlock)] = stage => SendsAsync(stage, length => (Longer(stage, length - Limits.PaddingBlock), Zeros(12), Zeros(16)), Limits.PaddingBlock),
        [nameof(Limits.NonceLength)] = stage => SendsAsync(stage, length => (Longer(stage, 0), Zeros(length), Zeros(16)), Limits.NonceLength),
        [nameof(Limits.AuthTagLength)] = stage => SendsAsync(stage, length => (Longer(stage, 0), Zeros(12), Zeros(length)), Limits.AuthTagLength),
        [nameof(Limits.AIChunkBase64)] = PieceAsync,
        [nameof(Limits.AnswerStreamsPerConnection)] = AnswersAsync,
    };

    /// <summary>With its tag inside, 14 wraps and 1,219 blocks are the limit to the letter.</summary>
    private static async Task EnvelopeAsync(LimitStage stage)
    {
        var conversation = await Talk.DirectAsync(stage.Alice.Client, stage.Bob.Client);
        var envelope = RawEnvelope.For(stage.Alice.Client.DeviceId, Enumerable.Range(0, 14).Select(_ => Guid.CreateVersion7()), blocks: 1219);
        var whole = Convert.ToBase64String([.. Convert.FromBase64String(envelope.EncryptedContent), .. Convert.FromBase64String(envelope.AuthTag!)]);
        Assert.Equal(Limits.EnvelopeBase64, whole.Length);

        // Well formed, and sealed to whom nobody knows: it was read.
        Assert.Equal(ErrorCodes.DeviceListStale, (await stage.Alice.HubAsync(nameof(IChatHub.SendMessage), conversation, whole, envelope.Nonce, null))?.Code);
        Assert.Equal(ErrorCodes.TooLarge, (await stage.Alice.HubAsync(nameof(IChatHub.SendMessage), conversation, whole + "AAAA", envelope.Nonce, null))?.Code);
    }

    private static async Task SendsAsync(LimitStage stage, Func<int, (byte[] Content, byte[] Nonce, byte[] Tag)> make, int length)
    {
        var conversation = await Talk.DirectAsync(stage.Alice.Client, stage.Bob.Client);
        Task<ChatError?> SendAsync(int bytes)
        {
            var (content, nonce, tag) = make(bytes);
            return stage.Alice.HubAsync(
                nameof(IChatHub.SendMessage), conversation, Convert.ToBase64String(content), Convert.ToBase64String(nonce), Convert.ToBase64String(tag));
        }

        Assert.Equal(ErrorCodes.InvalidEnvelope, (await SendAsync(length - 1))?.Code);
        Assert.Equal(ErrorCodes.InvalidEnvelope, (await SendAsync(length + 1))?.Code);
        Assert.Empty(await stage.Bob.Client.CatchUpAsync());
        Assert.Null(await SendAsync(length));
    }

    private static byte[] Longer(LimitStage stage, int by)
    {
        var content = Convert.FromBase64String(stage.Alice.Client.EnvelopeFor(stage.Bob.Client).EncryptedContent);
        Array.Resize(ref content, content.Length + by);
        return content;
    }

    private static byte[] Zeros(int length) => new byte[length];

    private static async Task PieceAsync(LimitStage stage)
    {
        await stage.Hub.MakeAssistantAsync(stage.Alice.UserId);

        await LimitStage.BitesAsync(ErrorCodes.InvalidArgument, PassAsync, Limits.AIChunkBase64);
        Task<ChatError?> PassAsync(int length) => stage.Alice.HubAsync(
            nameof(IChatHub.SendAIChunk), new AIChunk(Guid.CreateVersion7(), Guid.CreateVersion7(), 1, new string('A', length), "", ""));
    }

    private static async Task AnswersAsync(LimitStage stage)
    {
        await using var assistant = await Caller.CreateAsync(stage.Hub);
        await stage.Hub.MakeAssistantAsync(assistant.UserId);
        var conversation = await Talk.DirectAsync(stage.Alice.Client, assistant.Client);
        var others = await Talk.DirectAsync(stage.Bob.Client, assistant.Client);

        using var first = new CancellationTokenSource();
        await AskAsync(stage.Alice, conversation, assistant, first.Token);
        for (var i = 1; i < Limits.AnswerStreamsPerConnection; i++)
        {
            await AskAsync(stage.Alice, conversation, assistant);
        }

        var refused = await RawClient.RefusedAsync(() => AskAsync(stage.Alice, conversation, assistant));
        Assert.Equal(ErrorCodes.LimitReached, refused.Code);
        Assert.Equal(Limits.AnswerStreamsPerConnection, (await stage.Alice.Client.CatchUpAsync()).Count);
        await AskAsync(stage.Bob, others, assistant);

        await first.CancelAsync();
        await Patience.UntilAsync(async () => await stage.Alice.AskAsync(conversation, Prompt(stage.Alice, assistant)) is null, "there is room for one more");
    }

    /// <summary>Waits for the answer until it is cancelled, or the connection ends.</summary>
    private static async Task AskAsync(Caller asker, Guid conversationId, Caller assistant, CancellationToken cancellationToken = default)
    {
        var stream = asker.Client.Hub.StreamAsync<string>(nameof(IChatHub.StreamAIResponse), conversationId, Prompt(asker, assistant), cancellationToken);
        Assert.True(await stream.GetAsyncEnumerator(TestContext.Current.CancellationToken).MoveNextAsync());
    }

    private static string Prompt(Caller asker, Caller assistant)
    {
        var envelope = asker.Client.EnvelopeFor(assistant.Client);
        return JsonSerializer.Serialize(new SealedPrompt(envelope.EncryptedContent, envelope.Nonce, envelope.AuthTag), JsonSerializerOptions.Web);
    }
}
