using ChatService.Contracts;

namespace ChatService.Hub.Accounts;

/// <summary>Why an access token that has not expired is refused.</summary>
public enum RevocationReason
{
    /// <summary>The device that signed in was removed.</summary>
    Device,

    /// <summary>The account was disabled or deleted.</summary>
    Account,
}

internal static class RevocationReasonExtensions
{
    public static ChatError ToError(this RevocationReason reason) => reason == RevocationReason.Device
        ? new(ErrorCodes.DeviceUnknown, "This device was removed from its account, and its sign-in ended with it. Sign in again as a new device.")
        : new(ErrorCodes.Unauthorized, "This account was disabled or deleted.");
}
