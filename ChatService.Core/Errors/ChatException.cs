using ChatService.Contracts;

namespace ChatService.Core.Errors;

/// <summary>A refusal that reaches the caller as it is: ProblemDetails over REST, a HubException over the hub.</summary>
public sealed class ChatException(ChatError error) : Exception(error.Message)
{
    public ChatException(string code, string message)
        : this(new ChatError(code, message))
    {
    }

    public ChatError Error { get; } = error;

    /// <summary>No such thing and not yours are one and the same answer.</summary>
    public static ChatException NotFound(string what) => new(ErrorCodes.NotFound, $"There is no such {what}, or it is not yours to see.");

    public static ChatException Invalid(string message) => new(ErrorCodes.InvalidArgument, message);

    public static ChatException Forbidden(string message) => new(ErrorCodes.Forbidden, message);
}
