using System.Text.Json.Serialization;
using ChatService.Client.Assistant;
using ChatService.Client.Attachments;
using ChatService.Client.Conversations;
using ChatService.Client.Devices;
using ChatService.Client.Messages;
using ChatService.Client.Outbox;
using ChatService.Client.Receipts;
using ChatService.Client.Reseal;
using ChatService.Contracts;

namespace ChatService.Client;

/// <summary>The JSON of the store and the REST API, source-generated so that a trimmed browser build keeps it.</summary>
[JsonSourceGenerationOptions(
    System.Text.Json.JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredMessage))]
[JsonSerializable(typeof(DeviceRecord))]
[JsonSerializable(typeof(OutboxEntry))]
[JsonSerializable(typeof(SealedPayload))]
[JsonSerializable(typeof(ReceiptMarks))]
[JsonSerializable(typeof(ConversationDetails))]
[JsonSerializable(typeof(IReadOnlyList<ConversationDetails>))]
[JsonSerializable(typeof(CreateConversationRequest))]
[JsonSerializable(typeof(DeliveryList))]
[JsonSerializable(typeof(UserProfile))]
[JsonSerializable(typeof(IReadOnlyList<KeyBundle>))]
[JsonSerializable(typeof(IReadOnlyList<DeviceInfo>))]
[JsonSerializable(typeof(RenameDeviceRequest))]
[JsonSerializable(typeof(PrivacySettings))]
[JsonSerializable(typeof(DeleteAccountRequest))]
[JsonSerializable(typeof(ResealAsk))]
[JsonSerializable(typeof(KeyCount))]
[JsonSerializable(typeof(KeyCheckRequest))]
[JsonSerializable(typeof(KeyCheckResponse))]
[JsonSerializable(typeof(RegisterDeviceRequest))]
[JsonSerializable(typeof(RegisterDeviceResponse))]
[JsonSerializable(typeof(ReplacePreKeysRequest))]
[JsonSerializable(typeof(AddOneTimePreKeysRequest))]
[JsonSerializable(typeof(MessageReceipt))]
[JsonSerializable(typeof(SealedPrompt))]
[JsonSerializable(typeof(AIChunk))]
[JsonSerializable(typeof(AIResponseReceipt))]
[JsonSerializable(typeof(AnswerOpening))]
[JsonSerializable(typeof(CreateAttachmentRequest))]
[JsonSerializable(typeof(AttachmentStatus))]
[JsonSerializable(typeof(ChangeTimerRequest))]
[JsonSerializable(typeof(Participant))]
[JsonSerializable(typeof(IReadOnlyList<BlockedUser>))]
[JsonSerializable(typeof(AddMemberRequest))]
[JsonSerializable(typeof(ChangeRoleRequest))]
[JsonSerializable(typeof(UpdateConversationRequest))]
[JsonSerializable(typeof(UploadRecord))]
internal sealed partial class ClientJson : JsonSerializerContext;
