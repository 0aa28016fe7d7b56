namespace ChatService.Client.Receipts;

/// <summary>How far this device has come in a conversation, and how much of that the server has been told.</summary>
internal sealed record ReceiptMarks
{
    public Guid DeliveredId { get; init; }

    public long Delivered { get; init; }

    public long DeliveredTold { get; init; }

    public Guid ReadId { get; init; }

    public long Read { get; init; }

    public long ReadTold { get; init; }

    public bool IsTold => Read <= ReadTold && Delivered <= Math.Max(DeliveredTold, ReadTold);
}
