using ChatService.Contracts;
using ChatService.Tests.Api;

namespace ChatService.Tests.Conversations;

/// <summary>A group and the calls that change it.</summary>
internal sealed record Group(Guid Id)
{
    public static async Task<Group> CreateAsync(ApiUser owner, params ApiUser[] others)
    {
        var id = Guid.CreateVersion7();
        await owner.CallAsync<ConversationDetails>(HttpMethod.Post, Routes.Conversations, Request(id, others));
        return new Group(id);
    }

    public static CreateConversationRequest Request(Guid id, params ApiUser[] others) =>
        new(id, ConversationType.Group, [.. others.Select(user => user.Id)], "Group");

    public Task<ConversationDetails> SeenByAsync(ApiUser user) => user.GetAsync<ConversationDetails>(Routes.Conversation(Id));

    public Task<string?> RenameAsync(ApiUser actor, string name = "Renamed") =>
        actor.TryAsync(HttpMethod.Patch, Routes.Conversation(Id), new UpdateConversationRequest(name));

    public Task<string?> AddAsync(ApiUser actor, Guid userId) =>
        actor.TryAsync(HttpMethod.Post, Routes.ConversationMembers(Id), new AddMemberRequest(userId));

    public Task<string?> RemoveAsync(ApiUser actor, ApiUser subject) => actor.TryAsync(HttpMethod.Delete, Routes.ConversationMember(Id, subject.Id));

    public Task<string?> SetRoleAsync(ApiUser actor, ApiUser subject, ParticipantRole role) =>
        actor.TryAsync(HttpMethod.Put, Routes.ConversationMemberRole(Id, subject.Id), new ChangeRoleRequest(role));

    public Task<string?> LeaveAsync(ApiUser member) => RemoveAsync(member, member);

    public Task<string?> SetPictureAsync(ApiUser actor, string address) =>
        actor.TryAsync(HttpMethod.Patch, Routes.Conversation(Id), new UpdateConversationRequest(AvatarUrl: address));

    public Task<string?> DeleteAsync(ApiUser actor) => actor.TryAsync(HttpMethod.Delete, Routes.Conversation(Id));
}
