using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Hub.Accounts;

namespace ChatService.Hub.Conversations;

/// <summary>The two texts of a group that its members see.</summary>
internal static class ConversationText
{
    public static string Name(string? name) =>
        DisplayName.Clean(name) is { Length: > 0 and <= Limits.NameLength } clean
            ? clean
            : throw ChatException.Invalid($"A group's name has 1 to {Limits.NameLength} visible characters.");

    /// <summary>Null where there is none.</summary>
    public static string? AvatarUrl(string? avatarUrl) =>
        string.IsNullOrEmpty(avatarUrl) ? null
        : avatarUrl.Length <= Limits.AvatarUrlLength && avatarUrl.All(letter => letter is > ' ' and <= '~')
            && Uri.TryCreate(avatarUrl, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps
            ? avatarUrl
            : throw ChatException.Invalid($"An avatar is an absolute https address of at most {Limits.AvatarUrlLength} plain characters.");
}
