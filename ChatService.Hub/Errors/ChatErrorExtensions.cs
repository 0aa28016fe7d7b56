using ChatService.Contracts;

namespace ChatService.Hub.Errors;

public static class ChatErrorExtensions
{
    public static ErrorResult ToResult(this ChatError error) => new(error);
}
