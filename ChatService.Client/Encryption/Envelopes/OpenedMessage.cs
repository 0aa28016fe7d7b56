using ChatService.Client.Encryption.Keys;

namespace ChatService.Client.Encryption.Envelopes;

/// <summary>A message that has authenticated.</summary>
public sealed record OpenedMessage
{
    /// <summary>What was sealed, without padding.</summary>
    public required byte[] Content { get; init; }

    public required Guid MessageId { get; init; }

    public required Guid SenderUserId { get; init; }

    public required Guid SenderDeviceId { get; init; }

    public required DeviceIdentity SenderIdentity { get; init; }

    /// <summary>The sender's device was seen here for the first time and has been pinned: to be shown in the conversation.</summary>
    public required bool IsFirstUse { get; init; }

    /// <summary>Records print their members; a content is not for logs.</summary>
    public override string ToString() => $"{nameof(OpenedMessage)} {MessageId}";
}
