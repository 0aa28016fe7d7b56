using ChatService.Contracts;

namespace ChatService.Tests.Abuse;

/// <summary>A call of the hub that binds and makes no sense.</summary>
/// <param name="Expected">The code of its refusal; null: it is taken for what it says, and changes nothing.</param>
/// <param name="Call">With the conversation that it is about.</param>
internal sealed record MalformedRow(string Method, string What, string? Expected, Func<Caller, Guid, Task<ChatError?>> Call)
{
    public static MalformedRow Of(string method, string what, string? expected, Func<Guid, object?[]> arguments) =>
        new(method, what, expected, (caller, conversation) => caller.HubAsync(method, arguments(conversation)));
}
