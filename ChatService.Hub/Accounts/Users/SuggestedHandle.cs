using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using ChatService.Contracts;
using ChatService.Core.Users;

namespace ChatService.Hub.Accounts;

/// <summary>Makes a handle out of what an authority says about someone: its user names are not ours.</summary>
internal static class SuggestedHandle
{
    private const int Longest = 32;
    private const string SuffixLetters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>The first attempt is the plain name, later ones end in random letters.</summary>
    public static string For(ClaimsPrincipal principal, int attempt)
    {
        var plain = Sanitise(Claim(principal, "preferred_username") ?? Claim(principal, "email"));
        if (attempt == 0 && plain.Length >= 3 && !ReservedHandles.Contains(plain))
        {
            return plain;
        }

        var suffix = $"-{RandomNumberGenerator.GetString(SuffixLetters, 3 + attempt)}";
        return (plain.Length == 0 ? "user" : plain[..Math.Min(plain.Length, Longest - suffix.Length)]) + suffix;
    }

    public static string NameFor(ClaimsPrincipal principal, string handle)
    {
        var name = DisplayName.Clean(Claim(principal, "name"));
        return name is { Length: >= 1 and <= Limits.NameLength } ? name : handle;
    }

    private static string? Claim(ClaimsPrincipal principal, string type) =>
        principal.FindFirst(type)?.Value is { Length: > 0 } value ? value : null;

    private static string Sanitise(string? name)
    {
        var local = (name ?? "").Split('@', 2)[0];
        var plain = new StringBuilder(Longest);
        foreach (var letter in local.Normalize(NormalizationForm.FormKD).ToLower(CultureInfo.InvariantCulture))
        {
            var wanted = letter switch
            {
                >= 'a' and <= 'z' => letter,
                (>= '0' and <= '9') or '.' or '_' or '-' when plain.Length > 0 => letter,
                ' ' when plain.Length > 0 => '-',
                _ => '\0',
            };
            if (wanted != '\0' && plain.Length < Longest)
            {
                plain.Append(wanted);
            }
        }

        return plain.ToString().TrimEnd('.', '_', '-');
    }
}
