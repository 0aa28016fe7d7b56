using System.Net;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Accounts;

public class BrowserSignInTests(AppHostFixture stack)
{
    private const string Authorize = "/connect/authorize?client_id=chat-cli&response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A7777%2Fcallback"
        + "&scope=openid%20offline_access&state=xyz&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256";

    [Fact]
    public async Task A_browser_signs_in_is_asked_and_gets_its_code()
    {
        var server = await stack.GatewayAsync();
        var alice = await TestAccount.CreateAsync(server);
        using var browser = new Browser(server);

        using var signIn = await browser.OpenAsync(Authorize);
        using var consent = await browser.SignInAsync(signIn, alice);
        using var back = await browser.SubmitAsync(consent, ("decision", "allow"));

        Assert.Contains("default-src 'none'", string.Concat(signIn.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains($"@{alice.Profile.Handle}", await consent.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.StartsWith("http://127.0.0.1:7777/callback?", back.Headers.Location!.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains("code=", back.Headers.Location.Query, StringComparison.Ordinal);
        Assert.Contains("state=xyz", back.Headers.Location.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_no_is_a_no()
    {
        var server = await stack.GatewayAsync();
        var alice = await TestAccount.CreateAsync(server);
        using var browser = new Browser(server);

        using var consent = await browser.SignInAsync(await browser.OpenAsync(Authorize), alice);
        using var back = await browser.SubmitAsync(consent, ("decision", "deny"));

        Assert.Contains("error=access_denied", back.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_sites_form_neither_signs_in_nor_agrees()
    {
        var server = await stack.GatewayAsync();
        var alice = await TestAccount.CreateAsync(server);
        using var browser = new Browser(server);
        using var signIn = await browser.OpenAsync(Authorize);
        using var consent = await browser.SignInAsync(signIn, alice);

        using var agreed = await browser.SubmitAsync(consent, ("__RequestVerificationToken", "forged"), ("decision", "allow"));
        using var other = new Browser(server);
        using var signedIn = await other.SubmitAsync(signIn, ("handle", alice.Profile.Handle), ("password", alice.Password));

        Assert.Equal(HttpStatusCode.OK, agreed.StatusCode);
        Assert.Null(agreed.Headers.Location);
        Assert.Equal(HttpStatusCode.Unauthorized, signedIn.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/connect/\\evil.example")]
    [InlineData("/connectevil")]
    public async Task A_sign_in_never_leads_elsewhere(string returnUrl)
    {
        var server = await stack.GatewayAsync();
        var alice = await TestAccount.CreateAsync(server);
        using var browser = new Browser(server);

        using var page = await browser.GetAsync($"/account/signin?returnUrl={Uri.EscapeDataString(returnUrl)}");
        using var answer = await browser.SubmitAsync(page, ("handle", alice.Profile.Handle), ("password", alice.Password));

        Assert.Equal("/account/done", answer.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("redirect_uri=http%3A%2F%2F127.0.0.1%3A7777%2Fcallback", "redirect_uri=https%3A%2F%2Fevil.example%2Fcallback")]
    [InlineData("client_id=chat-cli", "client_id=unknown")]
    [InlineData("&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256", "")]
    [InlineData("code_challenge_method=S256", "code_challenge_method=plain")]
    [InlineData("response_type=code", "response_type=token")]
    public async Task What_no_client_of_ours_asks_gets_no_code(string right, string wrong)
    {
        using var browser = new Browser(await stack.GatewayAsync());

        using var answer = await browser.GetAsync(Authorize.Replace(right, wrong, StringComparison.Ordinal));

        Assert.DoesNotContain("code=", answer.Headers.Location?.Query ?? "", StringComparison.Ordinal);
        Assert.NotEqual("evil.example", answer.Headers.Location?.Host);
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest || answer.Headers.Location!.Query.Contains("error=", StringComparison.Ordinal));
    }
}
