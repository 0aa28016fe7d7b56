namespace ChatService.Contracts;

/// <summary>Stable codes of everything that can be refused. Part of the contract: a code never changes its meaning.</summary>
public static class ErrorCodes
{
    /// <summary>Not signed in, or the token is expired, forged, or for someone else. Sign in again.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>No such thing, or not yours to see: deliberately the same answer.</summary>
    public const string NotFound = "not_found";

    /// <summary>You can see it, but your role does not allow this.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>An argument is malformed; nothing was changed. The message says which.</summary>
    public const string InvalidArgument = "invalid_argument";

    /// <summary>The envelope does not follow protocol section 5; nothing was stored.</summary>
    public const string InvalidEnvelope = "invalid_envelope";

    /// <summary>Larger than <see cref="Limits"/> allows.</summary>
    public const string TooLarge = "too_large";

    /// <summary>The same id was already used for something else.</summary>
    public const string Conflict = "conflict";

    /// <summary>Sealed to the wrong devices: <see cref="ChatError.MissingDevices"/> and <see cref="ChatError.SurplusDevices"/> say which. Nothing was stored; fetch bundles, seal and send again.</summary>
    public const string DeviceListStale = "device_list_stale";

    /// <summary>The device is unknown, removed, or not the caller's. Register it (again).</summary>
    public const string DeviceUnknown = "device_unknown";

    /// <summary>The caller's own device was not seen for 90 days and is in no delivery list any more. Make new keys and register them as a new device.</summary>
    public const string DeviceRetired = "device_retired";

    /// <summary>A signature on an uploaded key does not verify.</summary>
    public const string InvalidSignature = "invalid_signature";

    /// <summary>Too much at once: try again after <see cref="ChatError.RetryAfterMs"/>.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>A count that <see cref="Limits"/> bounds is reached (devices, members, connections).</summary>
    public const string LimitReached = "limit_reached";

    /// <summary>The user is gone, or takes nothing from the caller: deliberately the same answer. Trying again does not help.</summary>
    public const string RecipientUnavailable = "recipient_unavailable";

    /// <summary>The server cannot store at the moment, or does not know whether it did. Repeating the same message is harmless: try again after <see cref="ChatError.RetryAfterMs"/>.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The assistant is not a member, or not running.</summary>
    public const string AssistantUnavailable = "assistant_unavailable";

    /// <summary>Something failed that is not the caller's fault. It is logged on the server under the trace id.</summary>
    public const string Internal = "internal";
}
