using System.Collections.Concurrent;
using System.Text.Json;
using ChatService.Client.Connection;
using ChatService.Client.Outbox;
using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Client.Assistant;

/// <summary>Asks the assistant, and passes on what comes back. The answer does not depend on it: a stream that breaks costs the live text only.</summary>
internal sealed class PromptStreams(Inbox inbox, ChatEvents events)
{
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _open = new();

    /// <summary>Completes when the prompt is committed; the answer goes on in the background.</summary>
    public async Task<MessageReceipt> AskAsync(IHubLink link, OutboxEntry entry, SealedPayload payload)
    {
        var prompt = JsonSerializer.Serialize(new(payload.EncryptedContent, payload.Nonce, payload.AuthTag), ClientJson.Default.SealedPrompt);
        // A client that stops is no reason for the assistant to stop.
        var cancelled = new CancellationTokenSource();
        var items = link.Hub.StreamAIResponse(entry.ConversationId, prompt).GetAsyncEnumerator(cancelled.Token);
        try
        {
            var receipt = await items.MoveNextAsync() ? JsonSerializer.Deserialize(items.Current, ClientJson.Default.MessageReceipt) : null;
            if (receipt is null)
                throw new IOException("The server ended the stream without a receipt.");
            _open[entry.Id] = cancelled;
            _ = Task.Run(() => PassOnAsync(entry, items, cancelled), CancellationToken.None);
            return receipt;
        }
        catch
        {
            await items.DisposeAsync();
            cancelled.Dispose();
            throw;
        }
    }

    public bool Cancel(Guid promptId)
    {
        if (!_open.TryRemove(promptId, out var cancelled))
            return false;
        cancelled.Cancel();
        return true;
    }

    private async Task PassOnAsync(OutboxEntry entry, IAsyncEnumerator<string> items, CancellationTokenSource cancelled)
    {
        try
        {
            while (await items.MoveNextAsync())
                PassOn(items.Current);
        }
        catch (HubException e)
        {
            events.RaiseAnswerChanged(new(entry.ConversationId, entry.Id, "", ChatError.Parse(e.Message)));
        }
#pragma warning disable CA1031 // The connection went away, or the asker did not want to wait: the answer comes as a message.
        catch (Exception)
#pragma warning restore CA1031
        {
        }
        finally
        {
            _open.TryRemove(entry.Id, out _);
            await items.DisposeAsync();
            cancelled.Dispose();
        }
    }

    private void PassOn(string json)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.TryGetProperty("index", out _))
        {
            if (document.RootElement.Deserialize(ClientJson.Default.AIChunk) is { } chunk)
                inbox.Post(calls => calls.ReceiveAIChunk(chunk));
        }
        else if (document.RootElement.Deserialize(ClientJson.Default.AIResponseReceipt) is { } receipt)
        {
            inbox.Post(calls => calls.AIResponseComplete(receipt));
        }
    }
}
