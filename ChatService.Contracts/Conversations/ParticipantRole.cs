using System.Text.Json.Serialization;

namespace ChatService.Contracts;

/// <summary>Owner: everything. Admin: members and name, but not the Owner or other Admins. Member: sends and leaves.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ParticipantRole>))]
public enum ParticipantRole
{
    Owner = 0,
    Admin = 1,
    Member = 2,
}
