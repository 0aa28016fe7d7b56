using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json.Serialization.Metadata;
using ChatService.Client.Api;
using ChatService.Contracts;

namespace ChatService.Client.SignIn;

/// <summary>
/// Registers and signs in with the server's own authority: the password is exchanged for a cookie of two minutes, the
/// cookie for a code, the code (with PKCE) for tokens. The token endpoint never sees the password. Not for browsers, which
/// hide cookies and redirects from a program: there the authority's own page asks for the password.
/// </summary>
[UnsupportedOSPlatform("browser")]
public sealed class PasswordSignIn : IDisposable
{
    private const string RedirectUri = "http://127.0.0.1/callback";

    private readonly HttpClient _http;
    private readonly OAuthClient _authority;
    private readonly TimeProvider _time;

    /// <param name="handler">Must neither follow redirects nor keep cookies; null for one that does not.</param>
    public PasswordSignIn(Uri server, HttpMessageHandler? handler = null, TimeProvider? time = null)
    {
        _http = new HttpClient(handler ?? new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server };
        _time = time ?? TimeProvider.System;
        _authority = new OAuthClient(_http, _time);
    }

    /// <param name="password">10 to 128 characters.</param>
    /// <exception cref="ChatException"><see cref="ErrorCodes.Conflict"/> (taken), <see cref="ErrorCodes.InvalidArgument"/>, <see cref="ErrorCodes.RateLimited"/>.</exception>
    public async Task<UserProfile> RegisterAsync(
        string handle, string password, string? displayName = null, CancellationToken cancellationToken = default)
    {
        using var response = await PostAsync(
            Routes.Accounts, new RegisterAccountRequest(handle, password, displayName), SignInJson.Default.RegisterAccountRequest, cancellationToken);
        return await response.Content.ReadFromJsonAsync(SignInJson.Default.UserProfile, cancellationToken)
            ?? throw new ChatException(ErrorCodes.Internal, "The server's answer is empty.");
    }

    /// <exception cref="ChatException"><see cref="ErrorCodes.Unauthorized"/>: wrong, or locked for some minutes. <see cref="ErrorCodes.RateLimited"/>.</exception>
    public async Task<RefreshingTokenSource> SignInAsync(
        string handle, string password, ITokenStore store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var response = await PostAsync(Routes.SignIn, new SignInRequest(handle, password), SignInJson.Default.SignInRequest, cancellationToken);
        var cookies = response.Headers.TryGetValues("Set-Cookie", out var set) ? string.Join("; ", set.Select(cookie => cookie.Split(';', 2)[0])) : "";
        var proof = ProofKey.Create();
        try
        {
            var tokens = await _authority.RequestTokenAsync(
                [
                    new("grant_type", "authorization_code"),
                    new("client_id", KnownClientIds.Cli),
                    new("code", await AuthorizeAsync(proof, cookies, cancellationToken)),
                    new("redirect_uri", RedirectUri),
                    new("code_verifier", proof.Verifier),
                ],
                cancellationToken);
            await store.SaveAsync(
                tokens.RefreshToken ?? throw new ChatException(ErrorCodes.Internal, "The authority gave no refresh token."), cancellationToken);
            return new RefreshingTokenSource(_authority, store, KnownClientIds.Cli, _time, tokens);
        }
        catch (OAuthException exception)
        {
            throw exception.ToChatException("The authority refused the sign-in: try again.");
        }
    }

    /// <summary>Ends the connections: token sources made here stop renewing.</summary>
    public void Dispose() => _http.Dispose();

    private async Task<string> AuthorizeAsync(ProofKey proof, string cookies, CancellationToken cancellationToken)
    {
        var endpoint = (await _authority.EndpointsAsync(cancellationToken)).Authorization
            ?? throw new ChatException(ErrorCodes.Unavailable, "This server's authority has no sign-in with a code.");
        var state = ProofKey.RandomText();
        var query = new Dictionary<string, string>
        {
            ["client_id"] = KnownClientIds.Cli,
            ["response_type"] = "code",
            ["redirect_uri"] = RedirectUri,
            ["scope"] = Scope.Requested,
            ["state"] = state,
            ["code_challenge"] = proof.Challenge,
            ["code_challenge_method"] = "S256",
        };
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new UriBuilder(endpoint) { Query = string.Join('&', query.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}")) }.Uri);
        request.Headers.Add("Cookie", cookies);
        using var response = await SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Redirect || response.Headers.Location is not { IsAbsoluteUri: true } location)
        {
            throw await ApiErrors.ReadAsync(response, cancellationToken);
        }

        var answer = location.Query.TrimStart('?').Split('&').Select(field => field.Split('=', 2))
            .Where(field => field.Length == 2)
            .ToLookup(field => field[0], field => Uri.UnescapeDataString(field[1]));
        return location.AbsoluteUri.StartsWith(RedirectUri, StringComparison.Ordinal) && answer["state"].FirstOrDefault() == state
            ? answer["code"].FirstOrDefault() ?? throw new OAuthException(answer["error"].FirstOrDefault() ?? "no_code")
            : throw new ChatException(ErrorCodes.Unauthorized, "The authority does not know this sign-in: try again.");
    }

    private async Task<HttpResponseMessage> PostAsync<T>(string route, T body, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = JsonContent.Create(body, type) };
        var response = await SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ApiErrors.ReadAsync(response, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw ApiErrors.Unreachable(_http.BaseAddress, exception);
        }
    }
}
