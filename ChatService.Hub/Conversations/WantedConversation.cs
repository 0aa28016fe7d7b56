using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Errors;

namespace ChatService.Hub.Conversations;

/// <summary>A request for a conversation whose every part has been checked.</summary>
internal sealed record WantedConversation(
    Guid Id, ConversationType Type, Guid CreatorId, Guid[] OtherIds, string? Name, string? AvatarUrl, DateTime At)
{
    public Guid[] AllMemberIds => [CreatorId, .. OtherIds];

    public static WantedConversation Check(CreateConversationRequest request, Guid creatorId, DateTime now)
    {
        if (request.Id.Version != 7)
        {
            throw ChatException.Invalid("A conversation id must be a UUIDv7.");
        }

        // Counted before anything is done with so many.
        if (request.MemberIds is null || request.MemberIds.Count > Limits.DevicesPerConversation)
        {
            throw ChatException.Invalid($"Name the other members, {Limits.DevicesPerConversation - 1} at most.");
        }

        Guid[] others = [.. request.MemberIds.Where(member => member != creatorId).Distinct()];
        return request.Type switch
        {
            ConversationType.Direct when others.Length != 1 || request.MemberIds.Count != 1 =>
                throw ChatException.Invalid("A direct conversation is with exactly one other user."),
            ConversationType.Direct when request.Name is not null || request.AvatarUrl is not null =>
                throw ChatException.Invalid("A direct conversation has no name and no avatar of its own."),
            ConversationType.Direct => new(request.Id, request.Type, creatorId, others, null, null, now),
            ConversationType.Group => new(
                request.Id,
                request.Type,
                creatorId,
                others,
                ConversationText.Name(request.Name),
                ConversationText.AvatarUrl(request.AvatarUrl),
                now),
            _ => throw ChatException.Invalid("A conversation is Direct or Group."),
        };
    }

    public Conversation Create() => Type == ConversationType.Direct
        ? Conversation.CreateDirect(Id, CreatorId, OtherIds[0], At)
        : Conversation.CreateGroup(Id, CreatorId, Name!, AvatarUrl, OtherIds, At);
}
