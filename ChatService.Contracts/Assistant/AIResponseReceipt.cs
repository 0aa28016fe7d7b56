using System.Runtime.Serialization;

namespace ChatService.Contracts;

/// <param name="MessageId">The assistant's stored message, which CatchUp returns like any other.</param>
[DataContract]
public sealed record AIResponseReceipt(
    [property: DataMember(Name = "conversationId")] Guid ConversationId,
    [property: DataMember(Name = "promptId")] Guid PromptId,
    [property: DataMember(Name = "messageId")] Guid MessageId);
