using ChatService.Cli.Assistant;
using ChatService.Cli.Output;
using ChatService.Client;
using ChatService.Client.Assistant;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Contracts;

namespace ChatService.Cli.Interactive;

/// <summary>
/// The assistant in a conversation: asks, before the first question, whether it may go to the model's provider; shows an answer while
/// it is written; stops it with Esc.
/// </summary>
internal sealed class AssistantDialog(ChatClient client, CurrentConversation conversation, ChatScreen screen, AssistantConsent consent)
{
    private readonly Lock _turn = new();
    private AssistantLine? _asked;
    private readonly Stack<Guid> _questions = new();
    private Guid? _writing;

    /// <summary>What a line sends; null: nothing, or not yet.</summary>
    public async Task<MessageContent?> TakeAsync(string line, CancellationToken ct)
    {
        if (_asked is { } asked)
        {
            _asked = null;
            return await DecideAsync(asked, line, ct);
        }

        if (AssistantLine.Parse(line, conversation.Now) is not { } addressed)
            return new TextContent(line);
        try
        {
            var provider = AssistantLine.ProviderIn(conversation.Now);
            if (consent.IsGiven(conversation.Now.Id, provider))
                return await addressed.ToContentAsync(client, conversation.Now, ct);
            screen.Print(screen.Bold(TerminalText.OneLine($"What you ask @{AssistantLine.Handle} here goes to {provider} in readable form, and its answers come from there. Send it? (y/n)")));
            _asked = addressed;
        }
        catch (CliException e)
        {
            screen.Print(screen.Bold(TerminalText.OneLine(e.Message)));
        }

        return null;
    }

    public void Subscribe()
    {
        client.Events.AnswerChanged += Show;
        client.Events.AIResponseCompleted += Complete;
        conversation.Changed += Follow;
    }

    /// <summary>The answer is there as a message: it takes the place of the lines that showed it.</summary>
    public void Arrived(ChatMessage message)
    {
        if (message.Content is ReplyContent reply)
            End(reply.ReplyTo);
    }

    /// <summary>A question was sent from here.</summary>
    public void Asked(Guid promptId)
    {
        lock (_turn)
            _questions.Push(promptId);
    }

    /// <summary>Esc: the answer that is being written is no longer wanted if it was asked for here; else the last one that was, and has not come.</summary>
    public void Stop()
    {
        lock (_turn)
        {
            if (_writing is { } promptId && client.Assistant.Cancel(promptId))
                return;
            while (_questions.TryPop(out var question) && !client.Assistant.Cancel(question))
            {
                // It has its answer.
            }
        }
    }

    /// <summary>An answer as far as it has come.</summary>
    internal static string Words(AssistantAnswer answer) => $"@{AssistantLine.Handle} {TerminalText.Marked(answer.Text)}▌";

    private async Task<MessageContent?> DecideAsync(AssistantLine asked, string line, CancellationToken ct)
    {
        if (!line.Trim().Equals("y", StringComparison.OrdinalIgnoreCase) && !line.Trim().Equals("yes", StringComparison.OrdinalIgnoreCase))
        {
            screen.Print(screen.Dim("(not sent)"));
            return null;
        }

        consent.Give(conversation.Now.Id, AssistantLine.ProviderIn(conversation.Now));
        return await asked.ToContentAsync(client, conversation.Now, ct);
    }

    private void Show(AssistantAnswer answer)
    {
        if (answer.ConversationId != conversation.Now.Id)
            return;
        if (answer.Error is { } error)
        {
            End(answer.PromptId);
            screen.Print(screen.Dim(TerminalText.OneLine(error.Message)));
            return;
        }

        lock (_turn)
            _writing = answer.PromptId;
        screen.SetLive(Words(answer));
    }

    private void Complete(AIResponseReceipt receipt) => End(receipt.PromptId);

    /// <summary>An assistant that was removed writes no more, whoever asked.</summary>
    private void Follow(Conversation now)
    {
        if (now.Assistant is null)
            End(null);
    }

    /// <param name="promptId">Null: whichever.</param>
    private void End(Guid? promptId)
    {
        lock (_turn)
        {
            if (_writing is null || (promptId is not null && _writing != promptId))
                return;
            _writing = null;
        }

        screen.SetLive(null);
    }
}
