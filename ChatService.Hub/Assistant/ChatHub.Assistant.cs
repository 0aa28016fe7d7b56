using System.Text.Json;
using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Hub.Messages;

namespace ChatService.Hub;

public sealed partial class ChatHub
{
    private static readonly object s_isAssistant = new();

    // The token is SignalR's own: it ends when the client cancels the stream, or is gone.
    public IAsyncEnumerable<string> StreamAIResponse(Guid conversationId, string prompt, CancellationToken cancellationToken)
    {
        var device = Device;
        Limit(RateLimits.Messages, device);
        Limit(RateLimits.MessageBytes, device, prompt?.Length ?? 0);
        var envelope = ReadPrompt(prompt);
        return Guarded(
            answers.AskAsync(device, conversationId, envelope, Context.ConnectionAborted, cancellationToken), nameof(StreamAIResponse), cancellationToken);
    }

    IAsyncEnumerable<string> IChatHub.StreamAIResponse(Guid conversationId, string prompt) => StreamAIResponse(conversationId, prompt, CancellationToken.None);

    public async Task SendAIChunk(AIChunk chunk)
    {
        await RequireAssistantAsync();
        Limit(RateLimits.AIChunks, Device);
        if (chunk is not { Index: >= 0, EncryptedContent: not null, Nonce: not null, AuthTag: not null }
            || chunk.EncryptedContent.Length > (chunk.Index == 0 ? Limits.EnvelopeBase64 : Limits.AIChunkBase64)
            || chunk.Nonce.Length + chunk.AuthTag.Length > Limits.AIChunkBase64)
        {
            throw ChatException.Invalid("A piece of an answer has an index from 0, and three base64 parts of a bounded size.");
        }

        answerRelay.PassOn(Device, chunk);
    }

    public async Task CompleteAIResponse(Guid conversationId, Guid promptId)
    {
        await RequireAssistantAsync();
        Limit(RateLimits.AIChunks, Device);
        var receipt = new AIResponseReceipt(conversationId, promptId, AnswerId.For(promptId));
        if (!await answerQueries.IsStoredAsync(conversationId, receipt.MessageId, Device.UserId, Context.ConnectionAborted))
        {
            throw ChatException.NotFound("answer");
        }

        answerRelay.PassOn(Device, receipt);
    }

    private static ReceivedEnvelope ReadPrompt(string? json)
    {
        if (json?.Length > Limits.EnvelopeBase64 + 1024)
        {
            throw new ChatException(ErrorCodes.TooLarge, $"An envelope has at most {Limits.EnvelopeBase64} base64 characters.");
        }

        try
        {
            var prompt = JsonSerializer.Deserialize<SealedPrompt>(json ?? "null", JsonSerializerOptions.Web);
            return ReceivedEnvelope.Parse(prompt?.EncryptedContent, prompt?.Nonce, prompt?.AuthTag);
        }
        catch (JsonException)
        {
            throw new ChatException(ErrorCodes.InvalidEnvelope, "A prompt is JSON with encryptedContent, nonce and authTag.");
        }
    }

    /// <summary>A user is the assistant or not for good, so a connection asks once.</summary>
    private async Task RequireAssistantAsync()
    {
        if (!Context.Items.TryGetValue(s_isAssistant, out var known))
        {
            Context.Items[s_isAssistant] = known = await answerQueries.IsAssistantAsync(Device.UserId, Context.ConnectionAborted);
        }

        if (known is not true)
        {
            throw ChatException.Forbidden("Only the assistant answers prompts.");
        }
    }
}
