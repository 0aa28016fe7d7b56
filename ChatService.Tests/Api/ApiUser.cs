using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using ChatService.Client;
using ChatService.Client.SignIn;
using ChatService.Contracts;
using ChatService.Tests.Accounts;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Api;

/// <summary>A new account, signed in, that speaks plain HTTP to one of the hubs.</summary>
internal sealed class ApiUser : IDisposable
{
    public const string Password = "a long enough password";

    private readonly HttpClient _http;

    private ApiUser(HttpClient http, UserProfile profile, IAccessTokenSource tokens, ITokenStore refreshTokens) =>
        (_http, Profile, Tokens, RefreshTokens) = (http, profile, tokens, refreshTokens);

    public UserProfile Profile { get; }

    public IAccessTokenSource Tokens { get; }

    public ITokenStore RefreshTokens { get; }

    public Guid Id => Profile.Id;

    public static async Task<ApiUser> RegisterAsync(AppHostFixture stack, int hub = 1)
    {
        using var signIn = new PasswordSignIn(await stack.GatewayAsync());
        var handle = $"u{Guid.NewGuid():n}"[..20];
        var profile = await PatientlyAsync(() => signIn.RegisterAsync(handle, Password));
        return await SignInAsync(signIn, profile, await stack.HubAsync(hub));
    }

    /// <summary>Somebody whom the authority vouches for and nobody has heard of: without a password, which takes a while to hash.</summary>
    public static async Task<ApiUser> SignedAsync(ServerSigner signer, Uri server)
    {
        var token = signer.Sign(server.AbsoluteUri, Guid.NewGuid().ToString(), expiresInSeconds: 590);
        var http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var profile = await http.GetFromJsonAsync<UserProfile>(Routes.Me, TestContext.Current.CancellationToken);
        return new ApiUser(http, profile!, new KnownToken(token), new InMemoryTokenStore());
    }

    /// <summary>The same account, with a sign-in of its own.</summary>
    public async Task<ApiUser> SignInAgainAsync(AppHostFixture stack, int hub = 1)
    {
        using var signIn = new PasswordSignIn(await stack.GatewayAsync());
        return await SignInAsync(signIn, Profile, await stack.HubAsync(hub));
    }

    private static async Task<ApiUser> SignInAsync(PasswordSignIn signIn, UserProfile profile, Uri server)
    {
        var refreshTokens = new InMemoryTokenStore();
        var tokens = await PatientlyAsync(() => signIn.SignInAsync(profile.Handle, Password, refreshTokens));
        var http = new HttpClient { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await tokens.GetAccessTokenAsync());
        return new ApiUser(http, profile, tokens, refreshTokens);
    }

    public Task<T> GetAsync<T>(string path) => CallAsync<T>(HttpMethod.Get, path);

    public async Task<T> CallAsync<T>(HttpMethod method, string path, object? body = null)
    {
        using var response = await SendAsync(method, path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web))!;
    }

    public async Task CallAsync(HttpMethod method, string path, object? body = null)
    {
        using var response = await SendAsync(method, path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The error code of a call that must be refused.</summary>
    public async Task<string> RefusedAsync(HttpMethod method, string path, object? body = null) =>
        await TryAsync(method, path, body) ?? throw new InvalidOperationException($"{method} {path} was not refused.");

    /// <summary>The error code; null when the call went through.</summary>
    public async Task<string?> TryAsync(HttpMethod method, string path, object? body = null)
    {
        using var response = await SendAsync(method, path, body);
        if (response.IsSuccessStatusCode)
        {
            return null;
        }

        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        return problem.GetProperty("code").GetString();
    }

    /// <summary>Status, code and sentence: everything that a caller could tell two refusals apart by.</summary>
    public async Task<(HttpStatusCode Status, string? Code, string? Detail)> ProblemAsync(HttpMethod method, string path, object? body = null)
    {
        using var response = await SendAsync(method, path, body);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.StatusCode, problem.GetProperty("code").GetString(), problem.GetProperty("detail").GetString());
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
            var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            if (response.StatusCode != HttpStatusCode.TooManyRequests)
            {
                return response;
            }

            var wait = response.Headers.RetryAfter!.Delta!.Value;
            response.Dispose();
            await Task.Delay(wait, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>All tests come from one address, and an address has its limit.</summary>
    private static async Task<T> PatientlyAsync<T>(Func<Task<T>> call)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (ChatException exception) when (exception.Error.Code == ErrorCodes.RateLimited)
            {
                await Task.Delay(exception.Error.RetryAfterMs ?? 1000, TestContext.Current.CancellationToken);
            }
        }
    }

    private sealed class KnownToken(string token) : IAccessTokenSource
    {
        public ValueTask<string> GetAccessTokenAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(token);

        public ValueTask SignOutAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;
    }
}
