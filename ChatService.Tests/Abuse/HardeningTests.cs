using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using ChatService.Contracts;
using ChatService.Tests.Accounts;
using ChatService.Tests.AppHost;
using Npgsql;

namespace ChatService.Tests.Abuse;

/// <summary>What holds for every answer.</summary>
public sealed class HardeningTests(AppHostFixture stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_answer_is_kept_guessed_at_or_sent_over_http_again_and_cookies_are_for_https()
    {
        await using var hub = await InProcessHub.StartAsync(stack, ("Authentication:PublicUrl", "https://chat.example"));
        using var http = TestAccount.Client(hub.Address);

        foreach (var path in (string[])[Routes.Me, "/nowhere", Routes.SignIn, "/health", "/account/signin", "/connect/token", Routes.Hub, "/connect/authorize?client_id=%00"])
        {
            using var answer = await http.GetAsync(path, Token);
            Assert.Contains("no-store", answer.Headers.CacheControl?.ToString() ?? "", StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
            Assert.False(answer.Headers.Contains("Server"), path);
        }

        using var page = await http.GetAsync("/account/signin", Token);
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_no_text_may_have_and_what_is_too_large_is_refused_before_the_authority_looks_at_it()
    {
        await using var hub = await InProcessHub.StartAsync(stack);
        using var http = TestAccount.Client(hub.Address);

        foreach (var path in (string[])["/connect/token", "/connect/device", "/connect/revoke", "/connect/authorize", "/connect/endsession"])
        {
            foreach (var field in (string[])["client_id", "token", "refresh_token", "device_code", "user_code", "redirect_uri", "scope"])
            {
                using var nul = await http.PostAsync(path, new FormUrlEncodedContent([new("client_id", "chat-cli"), new("grant_type", "refresh_token"), new(field, "a\0b")]), Token);
                Assert.Equal(HttpStatusCode.BadRequest, nul.StatusCode);
                using var query = await http.GetAsync($"{path}?{field}=a%00b", Token);
                Assert.Equal(HttpStatusCode.BadRequest, query.StatusCode);
            }

            using var large = await http.PostAsync(path, new FormUrlEncodedContent([new("client_id", new string('x', 300_000))]), Token);
            await Problem.AssertAsync(large, HttpStatusCode.RequestEntityTooLarge, ErrorCodes.TooLarge);
        }

        using var fields = await http.PostAsync("/connect/token", new FormUrlEncodedContent(Enumerable.Range(0, 2000).Select(i => KeyValuePair.Create($"f{i}", ""))), Token);
        await Problem.AssertAsync(fields, HttpStatusCode.BadRequest, ErrorCodes.InvalidArgument);
        using var parts = new StringContent("--x");
        parts.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=y");
        using var broken = await http.PostAsync("/connect/token", parts, Token);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        using var anonymous = await http.PostAsync(Routes.SignIn, new StringContent($$"""{"handle":"{{new string('x', 300_000)}}","password":""}""", Encoding.UTF8, "application/json"), Token);
        await Problem.AssertAsync(anonymous, HttpStatusCode.RequestEntityTooLarge, ErrorCodes.TooLarge);
    }

    [Fact]
    public async Task Whoever_is_signed_in_gets_so_many_codes_and_no_more()
    {
        await using var hub = await InProcessHub.StartAsync(stack, ("RateLimits:accounts:Burst", "5"), ("RateLimits:accounts:PerSecond", "0.01"));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() }) { BaseAddress = hub.Address };
        var handle = TestAccount.NewHandle();
        using var made = await http.PostAsJsonAsync(Routes.Accounts, new RegisterAccountRequest(handle, TestAccount.GoodPassword), Token);
        using var signedIn = await http.PostAsJsonAsync(Routes.SignIn, new SignInRequest(handle, TestAccount.GoodPassword), Token);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.NoContent), (made.StatusCode, signedIn.StatusCode));
        var path = "/connect/authorize?client_id=chat-cli&response_type=code&scope=openid&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
            + $"&redirect_uri={Uri.EscapeDataString("http://127.0.0.1/callback")}";

        for (var i = 0; i < 5; i++)
        {
            using var code = await http.GetAsync(path, Token);
            Assert.Contains("code=", code.Headers.Location?.Query ?? "", StringComparison.Ordinal);
        }

        using var refused = await http.GetAsync(path, Token);
        await Problem.AssertAsync(refused, HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    [Fact]
    public async Task An_account_takes_what_its_bots_signed_in_with_along()
    {
        var server = await stack.GatewayAsync();
        var owner = await TestAccount.CreateAsync(server);
        using var http = await owner.ClientAsync(server);
        using var made = await http.PostAsJsonAsync(Routes.Bots, new CreateBotRequest(TestAccount.NewHandle()), Token);
        var bot = (await made.Content.ReadFromJsonAsync<BotCredentials>(Token))!;
        Assert.Equal(1, await ClientsAsync(bot.ClientId));

        using var request = new HttpRequestMessage(HttpMethod.Delete, Routes.OwnAccount) { Content = JsonContent.Create(new DeleteAccountRequest(owner.Password)) };
        using var deleted = await http.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(0, await ClientsAsync(bot.ClientId));
    }

    private async Task<long> ClientsAsync(string clientId)
    {
        await using var database = NpgsqlDataSource.Create(await stack.ConnectionStringAsync("chatdb"));
        await using var command = database.CreateCommand("SELECT count(*) FROM accounts.applications WHERE client_id = $1");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = clientId });
        return (long)(await command.ExecuteScalarAsync(Token))!;
    }
}
