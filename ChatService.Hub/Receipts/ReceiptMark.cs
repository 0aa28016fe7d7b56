using ChatService.Contracts;

namespace ChatService.Hub.Receipts;

/// <summary>"I have (delivered or read) everything up to this message."</summary>
/// <param name="IsShared">Others may see it.</param>
public sealed record ReceiptMark(Guid ConversationId, Guid UserId, Guid DeviceId, Guid MessageId, bool IsRead, bool IsShared);
