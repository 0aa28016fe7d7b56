using ChatService.Contracts;

namespace ChatService.Core.Errors;

/// <summary>Ends a call with a refusal that its caller is told as it stands.</summary>
public sealed class ChatException(ChatError error) : Exception(error.Message)
{
    public ChatException(string code, string message)
        : this(new ChatError(code, message))
    {
    }

    public ChatError Error { get; } = error;
}
