using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <summary>A sealed piece of the assistant's answer while it is being made. Not stored; the whole answer follows as a message.</summary>
/// <param name="PromptId">The id of the message that asked.</param>
/// <param name="Index">0, 1, 2, … within the answer.</param>
[DataContract]
public sealed record AIChunk(
    [property: DataMember(Name = "conversationId")] Guid ConversationId,
    [property: DataMember(Name = "promptId")] Guid PromptId,
    [property: DataMember(Name = "index")] int Index,
    [property: DataMember(Name = "encryptedContent")] string EncryptedContent,
    [property: DataMember(Name = "nonce")] string Nonce,
    [property: DataMember(Name = "authTag")] string AuthTag);
