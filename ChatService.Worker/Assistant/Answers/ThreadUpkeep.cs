using ChatService.Client;
using ChatService.Client.Messages;

namespace ChatService.Worker.Assistant;

/// <summary>The assistant keeps what its next answer needs, and nothing else.</summary>
internal sealed class ThreadUpkeep(ChatClient client, WaitingPrompts waiting, string subscription)
{
    /// <summary>A prompt was answered: what the next one will not need goes.</summary>
    public async Task ForgetBeforeAsync(ChatMessage prompt, CancellationToken cancellationToken)
    {
        if (await Thread.NeededFromAsync(client, prompt, cancellationToken) is { } needed)
        {
            var stillWaiting = await waiting.FirstAsync(prompt.ConversationId, cancellationToken);
            await client.Assistant.ForgetBeforeAsync(prompt.ConversationId, Math.Min(needed, stillWaiting ?? needed), cancellationToken);
        }

        await client.Assistant.ForgetArrivalsAsync(subscription, cancellationToken);
    }

    /// <summary>The assistant was removed, or the conversation has ended.</summary>
    public Task ForgetLeftAsync(Guid conversationId, CancellationToken cancellationToken) =>
        client.Assistant.ForgetLeftAsync(conversationId, cancellationToken);

    /// <summary>Conversations that were left while nobody listened.</summary>
    public async Task<IReadOnlyList<Guid>> LeftAsync(CancellationToken cancellationToken) =>
        [.. (await client.ConversationsAsync(cancellationToken)).Where(conversation => !conversation.IsMember).Select(conversation => conversation.Id)];
}
