using ChatService.Client;
using ChatService.Client.Assistant;
using ChatService.Client.Messages;

namespace ChatService.Worker.Assistant;

/// <summary>
/// Prompts that could not be opened and may still be: the device that sealed them is asked to do it again. What comes in time is a
/// prompt like any other; of the rest it is said that it could not be opened.
/// </summary>
internal sealed class LatePrompts(ChatClient client, TimeProvider time)
{
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromSeconds(5);

    /// <summary>What is known of a prompt when there is nothing to wait for any more; null: it is gone.</summary>
    public async Task<ChatMessage?> WaitAsync(ChatMessage prompt, CancellationToken stop)
    {
        await UntilDecidedAsync(prompt, () => client.Assistant.IsAwaitedAsync(prompt, stop), () => TellAsync(prompt, stop), time, stop);
        return await client.FindMessageAsync(prompt.ConversationId, prompt.Id, stop);
    }

    /// <param name="tell">Called once, when it takes longer than it should.</param>
    internal static async Task UntilDecidedAsync(ChatMessage prompt, Func<Task<bool>> isAwaited, Func<Task> tell, TimeProvider time, CancellationToken stop)
    {
        var end = prompt.CreatedAt + Answering.Latest;
        for (var isTold = false; await isAwaited(); isTold = true)
        {
            var left = end - time.GetUtcNow().UtcDateTime;
            if (left <= TimeSpan.Zero)
            {
                return;
            }

            await Task.Delay(left < s_lookEvery ? left : s_lookEvery, time, stop);
            if (!isTold && await isAwaited())
            {
                await tell();
            }
        }
    }

    /// <summary>For show only: the answer takes its place.</summary>
    private async Task TellAsync(ChatMessage prompt, CancellationToken stop)
    {
        await using var writer = client.Assistant.BeginAnswer(prompt);
        if (await writer.IsWelcomeAsync(stop))
        {
            writer.Append(AssistantSentences.SealingAgain);
        }
    }
}
