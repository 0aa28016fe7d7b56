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

    public SharedSignals SharedSignals { get; private set; } = SharedSignals.All;

    /// <summary>Since when nobody may act as this user: an operator's word, or the user's own farewell.</summary>
    public DateTime? DisabledAt { get; private set; }

    public static ChatUser Create(string identityUserId, string handle, string displayName, DateTime now, bool isAssistant = false)
    {
        var user = new ChatUser
        {
            Id = Guid.CreateVersion7(),
            IdentityUserId = identityUserId,
            Handle = handle,
            DisplayName = displayName,
            Status = PresenceStatus.Offline,
            LastSeenAt = Coarse(now),
            CreatedAt = now,
            IsAssistant = isAssistant,
        };
        user.Raise(new ChatUserCreatedDomainEvent(user.Id));
        return user;
    }

    /// <summary>Whole five minutes: when exactly somebody was there is nobody's business.</summary>
    private static DateTime Coarse(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.FromMinutes(5).Ticks), time.Kind);

    public void Share(SharedSignals signals)
    {
        if (signals != SharedSignals)
        {
            Raise(new SharedSignalsChangedDomainEvent(Id, SharedSignals, signals));
            SharedSignals = signals;
        }
    }

    /// <summary>The user's own devices are told, and nobody else.</summary>
    public void BlocksChanged(Guid otherId, Guid? directConversationId) => Raise(new BlocksChangedDomainEvent(Id, otherId, directConversationId));

    /// <summary>Nobody acts as this user until an operator says otherwise.</summary>
    public void Disable(DateTime now) => DisabledAt ??= now;

    public void Enable() => DisabledAt = null;

    /// <summary>The user goes for good. The handle stays taken, so that nobody else is taken for them.</summary>
    public void Delete(DateTime now)
    {
        Disable(now);
        DisplayName = "Deleted account";
        AvatarUrl = null;
        SharedSignals = SharedSignals.None;
    }

    /// <summary>The same user by another authority, or by another account of it.</summary>
    public void SignInAs(string identityUserId) => IdentityUserId = identityUserId;

    public void Rename(string displayName) => DisplayName = displayName;

    public UserProfile ToProfile() => new(Id, Handle, DisplayName, AvatarUrl);
}
