namespace ChatService.Core.Devices;

/// <summary>A sign-in that a device was seen with: what ends with the device.</summary>
public sealed class DeviceSession
{
    public const int SessionIdLength = 128;

    public required Guid DeviceId { get; init; }

    /// <summary>The authority's name for the sign-in; in a token the claim <c>oi_au_id</c> or <c>sid</c>.</summary>
    public required string SessionId { get; init; }
}
