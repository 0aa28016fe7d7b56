using System.Text;
using ChatService.Client;
using ChatService.Client.Messages;
using ChatService.Client.Storage;

namespace ChatService.Tests.Client.Messages;

/// <summary>A device's store with messages in it, saved in whatever order a test likes.</summary>
internal sealed class Notebook
{
    private readonly InMemoryChatStore _store;
    private readonly MessageReader _reader;

    public Notebook(Guid me, TimeProvider? time = null)
        : this(me, time, new())
    {
    }

    private Notebook(Guid me, TimeProvider? time, InMemoryChatStore store) => (_store, _reader) = (store, new(store, new ArrivalLog(), me, time));

    public IChatStore Store => _store;

    public MessageReader Reader => _reader;

    public static StoredMessage Message(Guid conversation, Guid sender, long sequence, MessageContent content, Guid? id = null) =>
        new(id ?? Guid.CreateVersion7(), conversation, sender, Guid.CreateVersion7(), sequence, DateTime.UnixEpoch.AddMinutes(sequence)) { Json = ContentJson.Write(content) };

    public async Task SaveAsync(params StoredMessage[] messages)
    {
        foreach (var message in messages)
        {
            await using var transaction = await _store.BeginAsync();
            await MessageStore.SaveAsync(transaction, message, default);
            await transaction.CommitAsync();
        }
    }

    public async Task<IReadOnlyList<ChatMessage>> HistoryAsync(Guid conversation) => await _reader.HistoryAsync(conversation, null, 1000, default);

    /// <summary>What a person sees of each message, in one line.</summary>
    public async Task<string[]> SeenAsync(Guid conversation) =>
    [
        .. (await HistoryAsync(conversation)).Select(message =>
            $"{message.Sequence}: {(message.IsDeleted ? "deleted" : message.Text)}{(message.EditedAt is { } at ? $" edited {at:HH:mm}" : "")}"
            + string.Concat(message.Reactions.Select(reaction => $" {reaction.Emoji}{string.Join(",", reaction.UserIds.Select(id => id.ToString()[^2..]))}"))),
    ];

    /// <summary>Whether a text is anywhere in the store.</summary>
    public bool Holds(string text) => _store.Tables.Values.SelectMany(table => table).Any(entry => Encoding.UTF8.GetString(entry.Value).Contains(text, StringComparison.Ordinal));
}
