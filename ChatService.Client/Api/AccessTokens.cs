using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ChatService.Client.SignIn;

namespace ChatService.Client.Api;

/// <summary>The tokens of whoever is signed in, and for how long the current one lasts.</summary>
internal sealed class AccessTokens(IAccessTokenSource source, TimeProvider time)
{
    public ValueTask<string> GetAsync(CancellationToken ct) => source.GetAccessTokenAsync(ct);

    /// <summary>After this the source gives a new token, while the old one still works. Null when the token does not say.</summary>
    public TimeSpan? RenewableIn(string token)
    {
        if (Claims(token) is not var (issuedAt, expiresAt) || expiresAt <= issuedAt)
            return null;
        // As the token sources have it: a fifth of a token's life, at most a minute, is left when it is renewed.
        var margin = Math.Min((expiresAt - issuedAt) / 5.0, 60);
        var left = expiresAt - (time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0) - margin + 0.5;
        return TimeSpan.FromSeconds(Math.Clamp(left, 1, TimeSpan.FromDays(1).TotalSeconds));
    }

    /// <summary><c>iat</c> and <c>exp</c> of a JWT (RFC 7519), unverified: they only say when to ask for the next one.</summary>
    private static (long IssuedAt, long ExpiresAt)? Claims(string token)
    {
        try
        {
            var parts = token.Split('.');
            if (parts.Length != 3)
                return null;
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            return payload.RootElement.TryGetProperty("exp", out var exp) && payload.RootElement.TryGetProperty("iat", out var iat)
                ? (iat.GetInt64(), exp.GetInt64())
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or InvalidOperationException or DecoderFallbackException)
        {
            return null;
        }
    }
}
