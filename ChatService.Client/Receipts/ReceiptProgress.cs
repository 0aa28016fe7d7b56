namespace ChatService.Client.Receipts;

/// <summary>How far all other members of a conversation are (the assistant aside): the lowest of their markers.</summary>
/// <param name="DeliveredThrough">Own messages up to this sequence are on a device of each.</param>
/// <param name="ReadThrough">Own messages up to this sequence have been read by each.</param>
public sealed record ReceiptProgress(Guid ConversationId, long DeliveredThrough, long ReadThrough);
