using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <summary>What a user lets others see. Each works both ways: who switches one off does not see it of others either.</summary>
/// <param name="Receipts">How far messages are delivered and read. A user's own devices share it in any case.</param>
/// <param name="Typing">That a message is being written.</param>
/// <param name="Presence">Online, away, or when last seen.</param>
[DataContract]
public sealed record PrivacySettings(
    [property: DataMember(Name = "receipts")] bool Receipts,
    [property: DataMember(Name = "typing")] bool Typing,
    [property: DataMember(Name = "presence")] bool Presence);
