using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <summary>
/// A sealed piece of the assistant's answer while it is being made. Not stored; the whole answer follows as a message. The
/// first is an envelope that holds a key for the members' devices, the others are text under that key (docs/protocol.md section 11).
/// </summary>
/// <param name="PromptId">The id of the message that asked.</param>
/// <param name="Index">0, 1, 2, … within the answer. Another 0 begins anew: what was shown so far is void.</param>
[DataContract]
public sealed record AIChunk(
    [property: DataMember(Name = "conversationId")] Guid ConversationId,
    [property: DataMember(Name = "promptId")] Guid PromptId,
    [property: DataMember(Name = "index")] int Index,
    [property: DataMember(Name = "encryptedContent")] string EncryptedContent,
    [property: DataMember(Name = "nonce")] string Nonce,
    [property: DataMember(Name = "authTag")] string AuthTag);
