using System.Net.Http.Headers;
using ChatService.Client.SignIn;
using ChatService.Contracts;

namespace ChatService.Tests.Accounts;

/// <summary>Somebody new, signed in through the SDK.</summary>
internal sealed record TestAccount(UserProfile Profile, string Password, RefreshingTokenSource Tokens, ITokenStore Store)
{
    public const string GoodPassword = "correct horse battery";

    public static string NewHandle() => $"u{Guid.NewGuid():N}"[..20];

    public static async Task<TestAccount> CreateAsync(Uri server, TimeProvider? time = null)
    {
        var signIn = new PasswordSignIn(server, time: time);
        var handle = NewHandle();
        var profile = await signIn.RegisterAsync(handle, GoodPassword, "Some One", TestContext.Current.CancellationToken);
        var store = new InMemoryTokenStore();
        var tokens = await signIn.SignInAsync(handle, GoodPassword, store, TestContext.Current.CancellationToken);
        return new TestAccount(profile, GoodPassword, tokens, store);
    }

    public async Task<HttpClient> ClientAsync(Uri server) => Client(server, await Tokens.GetAccessTokenAsync());

    public static HttpClient Client(Uri server, string? accessToken = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server };
        if (accessToken is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        }

        return client;
    }
}
