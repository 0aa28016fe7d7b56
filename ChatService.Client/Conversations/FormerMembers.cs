using System.Text.Json;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Conversations;

/// <summary>Who was in a conversation and has gone: what they wrote stays, and so does their name.</summary>
internal static class FormerMembers
{
    public static async ValueTask SaveAsync(
        IChatTransaction transaction, ConversationDetails? before, ConversationDetails now, CancellationToken ct)
    {
        foreach (var gone in before?.Participants.ExceptBy(now.Participants.Select(member => member.UserId), member => member.UserId) ?? [])
            await transaction.PutJsonAsync(ClientTables.FormerMembers, StoreValues.Key(now.Id, gone.UserId), gone, ClientJson.Default.Participant, ct);
    }

    public static async ValueTask<IReadOnlyList<Participant>> ListAsync(IChatTransaction transaction, Guid conversationId, CancellationToken ct) =>
    [
        .. (await transaction.ListPrefixAsync(ClientTables.FormerMembers, $"{StoreValues.Key(conversationId)}/", ct))
            .Select(entry => JsonSerializer.Deserialize(entry.Value, ClientJson.Default.Participant)!),
    ];
}
