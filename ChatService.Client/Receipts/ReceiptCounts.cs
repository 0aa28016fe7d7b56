namespace ChatService.Client.Receipts;

/// <summary>How many have a message. Who shows no receipts counts as a member, and never as one who has it.</summary>
/// <param name="Delivered">Members on whose devices it is.</param>
/// <param name="Read">Members who have read it.</param>
/// <param name="Members">All it is for: without its sender and the assistant.</param>
public sealed record ReceiptCounts(int Delivered, int Read, int Members);
