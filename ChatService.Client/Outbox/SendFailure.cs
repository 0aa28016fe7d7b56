using ChatService.Client.Encryption;
using ChatService.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Client.Outbox;

/// <summary>Why a message did not go through, and what follows from it.</summary>
internal readonly record struct SendFailure(SendVerdict Verdict, ChatError Error)
{
    public static SendFailure Of(Exception e) => e switch
    {
        HubException hub => OfError(ChatError.Parse(hub.Message)),
        ChatException chat => OfError(chat.Error),
        EncryptionException encryption => OfEncryption(encryption),
        // The connection went away under the call, or is not there yet.
        _ => new(SendVerdict.Retry, new(ClientErrorCodes.NotConnected, e.Message)),
    };

    private static SendFailure OfError(ChatError error) => new(
        error.Code switch
        {
            ErrorCodes.DeviceListStale => SendVerdict.Reseal,
            ErrorCodes.RateLimited or ErrorCodes.Unavailable or ClientErrorCodes.Unreachable or ErrorCodes.Unauthorized => SendVerdict.Retry,
            ErrorCodes.Internal => SendVerdict.RetrySome,
            _ => SendVerdict.Fail,
        },
        error);

    private static SendFailure OfEncryption(EncryptionException e) => e.Error switch
    {
        // The device left between the list and its bundle.
        EncryptionError.NoSession => new(SendVerdict.Reseal, new(ClientErrorCodes.CannotSeal, e.Message)),
        EncryptionError.UnconfirmedDevice => new(SendVerdict.Fail, new(ClientErrorCodes.UnconfirmedDevice, e.Message)),
        EncryptionError.IdentityChanged => new(SendVerdict.Fail, new(ClientErrorCodes.IdentityChanged, e.Message)),
        EncryptionError.UntrustedBundle => new(SendVerdict.Fail, new(ClientErrorCodes.UntrustedBundle, e.Message)),
        EncryptionError.TooLarge => new(SendVerdict.Fail, new(ErrorCodes.TooLarge, e.Message)),
        _ => new(SendVerdict.Fail, new(ClientErrorCodes.CannotSeal, e.Message)),
    };
}
