using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <summary>
/// A stored message as the server knows it: routing data and ciphertext. <paramref name="EncryptedContent"/>,
/// <paramref name="Nonce"/> (12 bytes) and <paramref name="AuthTag"/> (16 bytes) are base64 and together are one
/// envelope (protocol section 5); all three are empty for <see cref="MessageType.System"/>.
/// </summary>
/// <param name="Id">The sender's UUIDv7 from the envelope; unique within the conversation.</param>
/// <param name="SenderDeviceId">Null only for system messages.</param>
/// <param name="Sequence">1, 2, 3, … without gaps within the conversation.</param>
/// <param name="CreatedAt">When the server committed it, UTC.</param>
/// <param name="SystemEvent">Set only for <see cref="MessageType.System"/>.</param>
[DataContract]
public sealed record SealedMessage(
    [property: DataMember(Name = "id")] Guid Id,
    [property: DataMember(Name = "conversationId")] Guid ConversationId,
    [property: DataMember(Name = "senderId")] Guid SenderId,
    [property: DataMember(Name = "senderDeviceId")] Guid? SenderDeviceId,
    [property: DataMember(Name = "sequence")] long Sequence,
    [property: DataMember(Name = "encryptedContent")] string EncryptedContent,
    [property: DataMember(Name = "nonce")] string Nonce,
    [property: DataMember(Name = "authTag")] string AuthTag,
    [property: DataMember(Name = "type")] MessageType Type,
    [property: DataMember(Name = "createdAt")] DateTime CreatedAt,
    [property: DataMember(Name = "systemEvent")] SystemEvent? SystemEvent = null);
