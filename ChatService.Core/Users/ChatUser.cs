using ChatService.Contracts;
using ChatService.Core.DomainEvents;

namespace ChatService.Core.Users;

/// <summary>A person, a bot or the assistant, as the chat knows them. The account behind it belongs to the authority.</summary>
public sealed class ChatUser : AggregateRoot
{
    private ChatUser()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>The token's <c>sub</c>.</summary>
    public string IdentityUserId { get; private set; } = "";

    /// <summary>Lower case, unique, see <see cref="Users.Handle"/>.</summary>
    public string Handle { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    public string? AvatarUrl { get; private set; }

    public PresenceStatus Status { get; private set; }

    /// <summary>Coarse: moved at most once in a few minutes.</summary>
    public DateTime LastSeenAt { get; private set; }

    public DateTime CreatedAt { get; private set; }

    public bool IsAssistant { get; private set; }

    public static ChatUser Create(string identityUserId, string handle, string displayName, DateTime now, bool isAssistant = false)
    {
        var user = new ChatUser
        {
            Id = Guid.CreateVersion7(),
            IdentityUserId = identityUserId,
            Handle = handle,
            DisplayName = displayName,
            Status = PresenceStatus.Offline,
            LastSeenAt = now,
            CreatedAt = now,
            IsAssistant = isAssistant,
        };
        user.Raise(new ChatUserCreatedDomainEvent(user.Id));
        return user;
    }

    public UserProfile ToProfile() => new(Id, Handle, DisplayName, AvatarUrl);
}
