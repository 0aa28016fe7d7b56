using ChatService.Client.Encryption.Keys;

namespace ChatService.Client.Encryption.Trust;

/// <summary>A device's identity as this device first saw it (trust on first use, protocol §6).</summary>
public sealed record PinnedDevice
{
    private const byte Format = 1;

    public required Guid UserId { get; init; }

    public required Guid DeviceId { get; init; }

    public required DeviceIdentity Identity { get; init; }

    public required DateTimeOffset FirstSeenAt { get; init; }

    /// <summary>The user's device list still has it.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>A person compared or accepted it. Matters for verified contacts only.</summary>
    public bool IsConfirmed { get; init; }

    internal StateWriter Write()
    {
        var writer = new StateWriter(Format);
        writer.Guid(UserId);
        writer.Guid(DeviceId);
        writer.Bytes(Identity.Encoded.Span);
        writer.Time(FirstSeenAt);
        writer.Byte(IsActive ? (byte)1 : (byte)0);
        writer.Byte(IsConfirmed ? (byte)1 : (byte)0);
        return writer;
    }

    internal static PinnedDevice Read(byte[] state)
    {
        var reader = new StateReader(state, Format);
        var pin = new PinnedDevice
        {
            UserId = reader.Guid(),
            DeviceId = reader.Guid(),
            Identity = DeviceIdentity.FromEncoded(reader.Bytes(DeviceIdentity.EncodedSize)),
            FirstSeenAt = reader.Time(),
            IsActive = reader.Flag(),
            IsConfirmed = reader.Flag(),
        };
        reader.End();
        return pin;
    }
}
