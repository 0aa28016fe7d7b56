using System.Text.Json;
using ChatService.Client.Conversations;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Storage;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Assistant;

/// <summary>Puts the pieces of answers together, for show. Whatever is wrong with one is ignored: the answer comes as a message. Used by the sync loop only.</summary>
internal sealed class AnswerReader(IChatStore store, Guid ownDevice, EncryptionOptions encryption, ChatEvents events, ILogger logger)
{
    private const int MostAnswers = 64;
    private const int LongestText = 256 * 1024;

    private readonly MessageOpener _opener = new(ownDevice, encryption);
    private readonly AnswerCipher _cipher = new(encryption.AesGcm);
    private readonly Dictionary<Guid, IncomingAnswer> _answers = [];

    public async Task ReceiveAsync(AIChunk chunk, CancellationToken ct)
    {
        if (chunk.Index == 0)
            await OpenAsync(chunk, ct);
        else if (_answers.TryGetValue(chunk.PromptId, out var answer) && answer.ConversationId == chunk.ConversationId)
            Append(answer, chunk);
    }

    public void Forget(Guid promptId) => _answers.Remove(promptId);

    private async Task OpenAsync(AIChunk chunk, CancellationToken ct)
    {
        try
        {
            if (await ReadOpeningAsync(chunk, ct) is not { } answer)
                return;
            if (_answers.Count >= MostAnswers)
                _answers.Remove(_answers.MinBy(entry => entry.Value.Since).Key);
            _answers[chunk.PromptId] = answer;
            events.RaiseAnswerChanged(new(chunk.ConversationId, chunk.PromptId, ""));
        }
        catch (EncryptionException e)
        {
            Log.AnswerNotOpened(logger, chunk.PromptId, chunk.ConversationId, e.Error.ToString());
        }
        catch (Exception e) when (e is FormatException or JsonException or ArgumentException)
        {
            Log.AnswerNotOpened(logger, chunk.PromptId, chunk.ConversationId, e.GetType().Name);
        }
    }

    private async Task<IncomingAnswer?> ReadOpeningAsync(AIChunk chunk, CancellationToken ct)
    {
        var content = Convert.FromBase64String(chunk.EncryptedContent);
        if (!EnvelopeHeader.TryParse(content, out var header) || header.MessageId.Version != AnswerOpening.IdVersion)
            return null;
        var (openingId, deviceId) = (header.MessageId, header.SenderDeviceId);
        if (_answers.TryGetValue(chunk.PromptId, out var known) && known.OpeningId == openingId)
            return null;

        await using var transaction = await store.BeginAsync(ct);
        var details = await ConversationStore.FindAsync(transaction, chunk.ConversationId, ct);
        if (details?.Participants.FirstOrDefault(member => member.IsAssistant) is not { } assistant)
            return null;
        var opened = await _opener.OpenAsync(
            transaction, chunk.ConversationId, assistant.UserId, content, Convert.FromBase64String(chunk.Nonce), Convert.FromBase64String(chunk.AuthTag), ct);
        await transaction.CommitAsync(ct);
        return JsonSerializer.Deserialize(opened.Content, ClientJson.Default.AnswerOpening) is
        { Type: AnswerOpening.TypeName, Key.Length: AnswerCipher.KeySize } opening && opening.Prompt == chunk.PromptId
            ? new(chunk.ConversationId, openingId, deviceId, opening.Key)
            : null;
    }

    private void Append(IncomingAnswer answer, AIChunk chunk)
    {
        if (chunk.Index < answer.NextIndex || answer.Text.Length > LongestText || _cipher.TryOpen(answer.Key, answer.DeviceId, chunk) is not { } text)
            return;
        if (chunk.Index > answer.NextIndex)
            answer.Text.Append(" … ");
        answer.Text.Append(text);
        answer.NextIndex = chunk.Index + 1;
        events.RaiseAnswerChanged(new(answer.ConversationId, chunk.PromptId, answer.Text.ToString()));
    }
}
