using ChatService.Client.Messages;
using ChatService.Client.Reseal;
using ChatService.Contracts;

namespace ChatService.Client.Assistant;

/// <summary>
/// Both ends of talking with an assistant. A question is a message with <see cref="AssistantPromptContent"/>, sent like any other; what is
/// written in answer shows in <see cref="ChatEvents.AnswerChanged"/>, and the answer is a message.
/// </summary>
public sealed class AssistantCalls
{
    private readonly ClientParts _parts;

    internal AssistantCalls(ClientParts parts) => _parts = parts;

    /// <summary>The asker no longer wants an answer: the assistant stops, and what it has written so far becomes its message.</summary>
    /// <returns>False: this client has not asked that, or it is answered.</returns>
    public bool Cancel(Guid promptId) => _parts.Prompts.Cancel(promptId);

    /// <summary>For an assistant: begins the answer to a prompt.</summary>
    public AnswerWriter BeginAnswer(ChatMessage prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return new(_parts.Answers, prompt);
    }

    /// <summary>For an assistant: whether this device has answered a prompt already; then the answer is sent or will be.</summary>
    public async Task<bool> IsAnsweredAsync(ChatMessage prompt, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return await _parts.Outbox.HasAsync(prompt.ConversationId, AnswerId.For(prompt.Id), ct);
    }

    /// <summary>
    /// For an assistant: whether a message that could not be opened may still be, because its sender's device is asked to seal it again. If
    /// so it comes once more, with <see cref="ChatMessage.IsLate"/>.
    /// </summary>
    public async Task<bool> IsAwaitedAsync(ChatMessage message, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        await using var transaction = await _parts.Store.BeginAsync(ct);
        return await ResealAsks.FindAsync(transaction, message.ConversationId, message.Id, ct) is not null;
    }

    /// <summary>For an assistant: forgets, on this device only, all that was said in a conversation before a place.</summary>
    public Task ForgetBeforeAsync(Guid conversationId, long sequence, CancellationToken ct = default) =>
        Forgetting.BeforeAsync(_parts.Store, conversationId, sequence, ct);

    /// <summary>
    /// For an assistant: forgets, on this device only, what it has of a conversation that it was removed from; when it is a member again,
    /// what is from before that.
    /// </summary>
    public Task ForgetLeftAsync(Guid conversationId, CancellationToken ct = default) =>
        Forgetting.LeftAsync(_parts.Store, conversationId, _parts.Device.User.Id, ct);

    /// <summary>For an assistant that reads with one subscription only: forgets what came when, as far as it has read.</summary>
    public Task ForgetArrivalsAsync(string subscription, CancellationToken ct = default) => Forgetting.ArrivalsAsync(_parts.Store, subscription, ct);
}
