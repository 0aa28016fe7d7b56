using System.Text.Json.Serialization;

namespace ChatService.Contracts;

/// <summary>What happened to a conversation. Shown to its members in order with their messages.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SystemEventKind>))]
public enum SystemEventKind
{
    ConversationCreated = 0,
    ConversationRenamed = 1,
    AvatarChanged = 2,
    MemberAdded = 3,
    MemberRemoved = 4,
    MemberLeft = 5,
    RoleChanged = 6,
    OwnershipTransferred = 7,
    DeviceAdded = 8,
    DeviceRemoved = 9,
    TimerChanged = 10,
}
