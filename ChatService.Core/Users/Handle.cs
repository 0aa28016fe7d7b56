using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ChatService.Core.Users;

/// <summary>The name by which users find each other: 3 to 32 of a-z, 0-9, '.', '_', '-', beginning with a letter. Stored in lower case.</summary>
public static partial class Handle
{
    /// <summary>Accepts one leading '@' and any case.</summary>
    public static bool TryNormalize(string? text, [NotNullWhen(true)] out string? handle)
    {
        handle = text?.TrimStart('@').ToLowerInvariant();
        if (handle is not null && text!.Length <= 33 && Pattern().IsMatch(handle))
        {
            return true;
        }

        handle = null;
        return false;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9._-]{2,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
