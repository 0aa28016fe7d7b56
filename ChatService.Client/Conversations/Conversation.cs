using ChatService.Contracts;

namespace ChatService.Client.Conversations;

/// <summary>A conversation as this user sees it, from the device's store.</summary>
/// <param name="Details">As the server last told.</param>
/// <param name="Me">This user's id.</param>
public sealed record Conversation(ConversationDetails Details, Guid Me)
{
    public Guid Id => Details.Id;

    public ConversationType Type => Details.Type;

    public IReadOnlyList<Participant> Members => Details.Participants;

    /// <summary>The other member of a direct conversation; null in a group.</summary>
    public Participant? Other => Type == ConversationType.Direct ? Members.FirstOrDefault(member => member.UserId != Me) : null;

    /// <summary>A direct conversation with the assistant: everything in it goes to its model's provider in readable form.</summary>
    public bool IsWithAssistant => Other is { IsAssistant: true };

    /// <summary>The assistant, where it is a member.</summary>
    public Participant? Assistant => Members.FirstOrDefault(member => member.IsAssistant);

    /// <summary>Whether this user is (still) a member. What is on the device can be read all the same.</summary>
    public bool IsMember => Member(Me) is not null;

    /// <summary>Members who have gone, as they were then, as far as this device saw them.</summary>
    public IReadOnlyList<Participant> Former { get; init; } = [];

    /// <summary>A group's name, or the other member's display name.</summary>
    public string Title => Details.Name ?? Other?.DisplayName ?? "Direct conversation";

    /// <summary>How long new messages last; null: they stay.</summary>
    public TimeSpan? Timer => Details.TimerSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>The member with this id; null for one who has left.</summary>
    public Participant? Member(Guid userId) => Members.FirstOrDefault(member => member.UserId == userId);

    /// <summary>As <see cref="Member"/>, or else a former member: for names in what was said.</summary>
    public Participant? Known(Guid userId) => Member(userId) ?? Former.FirstOrDefault(member => member.UserId == userId);
}
