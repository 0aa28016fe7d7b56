using System.Net;
using ChatService.Client;
using ChatService.Client.SignIn;
using ChatService.Contracts;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Accounts;

public class DeviceFlowTests(AppHostFixture stack)
{
    [Fact]
    public async Task A_terminal_signs_in_through_a_browser()
    {
        var (server, alice) = await NewAsync();
        using var http = new HttpClient { BaseAddress = server };

        var tokens = await new DeviceSignIn(http).SignInAsync(
            async (prompt, _) =>
            {
                Assert.Matches("^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$", prompt.UserCode);
                using var browser = new Browser(server);
                using var form = await browser.SignInAsync(await browser.OpenAsync(prompt.VerificationUri.PathAndQuery), alice);
                Assert.Contains("/connect/verify/code", await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
                using var consent = await browser.OpenAsync(
                    $"/connect/verify/code?code={prompt.UserCode.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()}");
                using var done = await browser.SubmitAsync(consent, ("decision", "allow"));
                Assert.Equal("/account/done", done.Headers.Location!.OriginalString);
            },
            new InMemoryTokenStore(),
            TestContext.Current.CancellationToken);

        using var client = TestAccount.Client(server, await tokens.GetAccessTokenAsync(TestContext.Current.CancellationToken));
        using var me = await client.GetAsync(Routes.Me, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
    }

    [Fact]
    public async Task A_terminal_whose_user_says_no_is_told()
    {
        var (server, alice) = await NewAsync();
        using var http = new HttpClient { BaseAddress = server };

        var refused = await Assert.ThrowsAsync<ChatException>(() => new DeviceSignIn(http).SignInAsync(
            async (prompt, _) =>
            {
                using var browser = new Browser(server);
                using var consent = await browser.SignInAsync(await browser.OpenAsync(prompt.VerificationUriComplete!.PathAndQuery), alice);
                using var done = await browser.SubmitAsync(consent, ("decision", "deny"));
            },
            new InMemoryTokenStore(),
            TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCodes.Unauthorized, refused.Code);
    }

    [Fact]
    public async Task A_wrong_code_is_asked_for_again()
    {
        var (server, alice) = await NewAsync();
        using var browser = new Browser(server);

        using var page = await browser.SignInAsync(await browser.OpenAsync("/connect/verify/code?code=BBBB-BBBB"), alice);

        Assert.Contains("not valid", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private async Task<(Uri Server, TestAccount Alice)> NewAsync()
    {
        var server = await stack.GatewayAsync();
        return (server, await TestAccount.CreateAsync(server));
    }
}
