using ChatService.Client.Encryption;
using ChatService.Contracts;

namespace ChatService.Client.Messages;

/// <summary>A message in the store. Exactly one of Json, SystemEvent, Undecryptable, Missing and IsDeleted says what it holds.</summary>
internal sealed record StoredMessage(
    Guid Id,
    Guid ConversationId,
    Guid SenderId,
    Guid? SenderDeviceId,
    long Sequence,
    DateTime CreatedAt)
{
    /// <summary>The opened JSON.</summary>
    public string? Json { get; init; }

    public SystemEvent? SystemEvent { get; init; }

    public EncryptionError? Undecryptable { get; init; }

    public long? Missing { get; init; }

    /// <summary>Its author took it back: what it said is wiped.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>When this device forgets it; null: never.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>The arrival as which it was opened after all; earlier entries of the log do not count any more.</summary>
    public long? LateArrival { get; init; }

    public MessageContent Content =>
        Json is not null ? ContentJson.Read(Json)
        : SystemEvent is not null ? new SystemContent(SystemEvent)
        : IsDeleted ? new DeletedContent()
        : Missing is { } count ? new MissingContent(count)
        : new UndecryptableContent(Undecryptable ?? EncryptionError.Malformed);
}
