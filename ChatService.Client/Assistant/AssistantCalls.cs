using ChatService.Client.Messages;
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
}
