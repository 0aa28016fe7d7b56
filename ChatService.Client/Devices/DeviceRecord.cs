using ChatService.Contracts;

namespace ChatService.Client.Devices;

/// <summary>Who this store's device is, and whose.</summary>
/// <param name="Server">The server's address; a store belongs to one.</param>
internal sealed record DeviceRecord(string Server, UserProfile User, Guid DeviceId)
{
    /// <summary>The registration while it is not confirmed: repeated word for word until it is.</summary>
    public RegisterDeviceRequest? PendingRegistration { get; init; }

    /// <summary>The retired device that this one has taken the place of, until the application was told.</summary>
    public Guid? Replaced { get; init; }
}
