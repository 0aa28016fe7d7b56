using ChatService.Contracts;

namespace ChatService.Client;

/// <summary>
/// Something was refused or failed. <see cref="Code"/> is one of <see cref="ErrorCodes"/> (the server's word) or
/// <see cref="ClientErrorCodes"/> (this device's); the message is a sentence that a person can act on.
/// </summary>
public sealed class ChatException(ChatError error, Exception? inner = null) : Exception(error.Message, inner)
{
    public ChatException(string code, string message, Exception? inner = null)
        : this(new ChatError(code, message), inner)
    {
    }

    public ChatError Error { get; } = error;

    public string Code => Error.Code;
}
