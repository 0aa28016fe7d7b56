using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using ChatService.Client.Connection;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Contracts;
using Microsoft.Extensions.Logging;

namespace ChatService.Client.Assistant;

/// <summary>
/// The assistant's end of an answer: text goes to the members as it comes, in batches, and at the end all of it as one message.
/// Live text is a courtesy: whatever hinders it is logged, and the answer goes on.
/// </summary>
public sealed class AnswerWriter : IAsyncDisposable
{
    /// <summary>Text is gathered for so long before it is sealed and sent.</summary>
    public static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(60);

    private const int ChunkCharacters = 2_000;

    private readonly AnswerParts _parts;
    private readonly ChatMessage _prompt;
    private readonly AnswerCipher _cipher;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(AnswerCipher.KeySize);
    private readonly Channel<string> _text = Channel.CreateUnbounded<string>(new() { SingleReader = true });
    private readonly Task _opening;
    private readonly Task _sending;

    internal AnswerWriter(AnswerParts parts, ChatMessage prompt)
    {
        (_parts, _prompt, _cipher) = (parts, prompt, new(parts.Encryption.AesGcm));
        _opening = Task.Run(OpenAsync);
        _sending = Task.Run(SendAsync);
    }

    /// <summary>Waits until the members' devices have been told; false when the conversation is not one of this user's (any more).</summary>
    public async Task<bool> IsWelcomeAsync(CancellationToken ct = default)
    {
        try
        {
            await _opening.WaitAsync(ct);
        }
        catch (ChatException e) when (e.Code == ErrorCodes.NotFound)
        {
            return false;
        }
#pragma warning disable CA1031 // See the class.
        catch (Exception) when (!ct.IsCancellationRequested)
#pragma warning restore CA1031
        {
        }

        return true;
    }

    /// <summary>More text. The first is sent at once.</summary>
    public void Append(string text) => _text.Writer.TryWrite(text);

    /// <summary>The whole answer, durable when this returns; it is sent once, even if this process ends here.</summary>
    /// <returns>Completes when the server has it.</returns>
    public async Task<Task<ChatMessage>> CompleteAsync(string text, CancellationToken ct = default)
    {
        _text.Writer.TryComplete();
        await _sending;
        var (_, acknowledged) = await _parts.Outbox.AddAsync(
            _prompt.ConversationId, new ReplyContent(_prompt.Id, text), AnswerId.For(_prompt.Id), ct);
        return TellAsync(acknowledged);
    }

    public async ValueTask DisposeAsync()
    {
        _text.Writer.TryComplete();
        await _sending;
        CryptographicOperations.ZeroMemory(_key);
    }

    private async Task<ChatMessage> TellAsync(Task<ChatMessage> acknowledged)
    {
        var answer = await acknowledged;
        try
        {
            if (_parts.Links.Current is { } link)
                await link.Hub.CompleteAIResponse(_prompt.ConversationId, _prompt.Id);
        }
#pragma warning disable CA1031 // Whoever waits finds the message itself.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.AnswerNotShown(_parts.Logger, _prompt.Id, e.Message);
        }

        return answer;
    }

    private async Task SendAsync()
    {
        try
        {
            await _opening;
            var index = 1;
            while (await _text.Reader.WaitToReadAsync())
            {
                foreach (var piece in TakeAll().Chunk(ChunkCharacters))
                    await SendAsync(_cipher.Seal(_key, _prompt.ConversationId, _parts.OwnDevice, _prompt.Id, index++, new string(piece)));
                await Task.Delay(BatchTime, _parts.Time);
            }
        }
#pragma warning disable CA1031 // See the class.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.AnswerNotShown(_parts.Logger, _prompt.Id, e.Message);
        }
    }

    /// <summary>Before there is any text, so that its key is there when the text comes.</summary>
    private async Task OpenAsync()
    {
        var json = JsonSerializer.Serialize(new(AnswerOpening.TypeName, _prompt.Id, _key), ClientJson.Default.AnswerOpening);
        var opening = await _parts.Sealer.SealAsync(_prompt.ConversationId, AnswerOpening.NewId(), json, toAssistant: false, _parts.Stop);
        await SendAsync(new(_prompt.ConversationId, _prompt.Id, 0, opening.EncryptedContent, opening.Nonce, opening.AuthTag));
    }

    private Task SendAsync(AIChunk chunk) => _parts.Links.Current is { } link ? link.Hub.SendAIChunk(chunk) : Task.CompletedTask;

    private string TakeAll()
    {
        var all = new StringBuilder();
        while (_text.Reader.TryRead(out var text))
            all.Append(text);
        return all.ToString();
    }
}
