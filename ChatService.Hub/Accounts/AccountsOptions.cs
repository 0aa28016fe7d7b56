using System.ComponentModel.DataAnnotations;

namespace ChatService.Hub.Accounts;

/// <summary>Who signs users in: the section <c>Authentication</c>.</summary>
public sealed class AccountsOptions
{
    public const string Section = "Authentication";

    /// <summary>An OpenID Connect authority whose JWTs are accepted. None: the hubs are the authority themselves.</summary>
    public Uri? Authority { get; set; }

    /// <summary>What a token must be for.</summary>
    [Required]
    public string Audience { get; set; } = "chatservice";

    /// <summary>Where users and clients reach the hubs, and the built-in authority's issuer. None: taken from each request.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>Where the web client may be sent back to.</summary>
    public IList<Uri> WebRedirectUris { get; } = [];

    [Range(1, 60)]
    public int AccessTokenMinutes { get; set; } = 10;

    /// <summary>Overrides <see cref="AccessTokenMinutes"/> where minutes are too long, as in a test of renewal.</summary>
    [Range(5, 3600)]
    public int? AccessTokenSeconds { get; set; }

    public TimeSpan AccessTokenLifetime => AccessTokenSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromMinutes(AccessTokenMinutes);

    /// <summary>At most as long as a replaced key of the authority is still accepted (<see cref="Core.Accounts.ServerKeys.Overlap"/>).</summary>
    [Range(1, 90)]
    public int RefreshTokenDays { get; set; } = 30;

    /// <summary>How long a used refresh token may be used again, for a client whose answer was lost. Later use revokes the whole chain.</summary>
    [Range(0, 600)]
    public int RefreshReuseSeconds { get; set; } = 60;

    /// <summary>Wrong passwords in a row before an account refuses all of them for <see cref="LockoutMinutes"/>.</summary>
    [Range(3, 100)]
    public int LockoutFailures { get; set; } = 5;

    [Range(1, 1440)]
    public int LockoutMinutes { get; set; } = 5;

    /// <summary>Rounds of PBKDF2 with HMAC-SHA-512 (OWASP's minimum is the default).</summary>
    [Range(100_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;

    /// <summary>Whether people use an address that is https.</summary>
    public bool IsHttps => PublicUrl?.Scheme == Uri.UriSchemeHttps;

    public CookieSecurePolicy CookieSecurity => IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    public bool IsBuiltIn => Authority is null;

    public static AccountsOptions From(IConfiguration configuration) =>
        configuration.GetSection(Section).Get<AccountsOptions>() ?? new AccountsOptions();
}
