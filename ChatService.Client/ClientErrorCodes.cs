namespace ChatService.Client;

/// <summary>Codes of what goes wrong on this side of the wire. They never cross it.</summary>
public static class ClientErrorCodes
{
    /// <summary>The server cannot be reached, or does not answer like a ChatService server.</summary>
    public const string Unreachable = "unreachable";

    /// <summary>The call needs a connection and there is none at the moment. It can be repeated after a reconnect.</summary>
    public const string NotConnected = "not_connected";

    /// <summary>The store belongs to another account or server. Use another one.</summary>
    public const string WrongAccount = "wrong_account";

    /// <summary>A verified contact has a new or changed device: nothing is sent until a person has confirmed it.</summary>
    public const string UnconfirmedDevice = "unconfirmed_device";

    /// <summary>A device has another identity than the one pinned. Nothing is sent to it.</summary>
    public const string IdentityChanged = "identity_changed";

    /// <summary>A device's key bundle is missing or does not verify. Nothing is sent to it.</summary>
    public const string UntrustedBundle = "untrusted_bundle";

    /// <summary>The message could not be sealed for another reason; the inner exception says which.</summary>
    public const string CannotSeal = "cannot_seal";

    /// <summary>The server's receipt is for another message, or for a place that another message has. The message counts as not sent; it may be retried.</summary>
    public const string InvalidReceipt = "invalid_receipt";

    /// <summary>A downloaded file is not the one that its sender sealed, or the sender's description of it makes no sense. Nothing of it was kept.</summary>
    public const string InvalidAttachment = "invalid_attachment";

    /// <summary>The safety number is not (any more) the one of the devices that are known. Compare it anew.</summary>
    public const string SafetyNumberChanged = "safety_number_changed";
}
