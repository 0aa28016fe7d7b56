using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Users;

namespace ChatService.Hub.Accounts;

internal static class AccountRules
{
    public const int ShortestPassword = 10;
    public const int LongestPassword = 128;

    public static string Handle(string? text) => Core.Users.Handle.TryNormalize(text, out var handle)
        ? handle
        : throw Invalid("A handle is 3 to 32 of a-z, 0-9, '.', '_' and '-', beginning with a letter.");

    public static string Name(string? text, string handle)
    {
        if (text is null)
        {
            return handle;
        }

        return DisplayName.Clean(text) is { Length: >= 1 and <= Limits.NameLength } name
            ? name
            : throw Invalid($"A display name is 1 to {Limits.NameLength} printable characters.");
    }

    public static string Password(string? text) => text is { Length: >= ShortestPassword and <= LongestPassword }
        ? text
        : throw Invalid($"A password has {ShortestPassword} to {LongestPassword} characters.");

    private static ChatException Invalid(string message) => new(ErrorCodes.InvalidArgument, message);
}
