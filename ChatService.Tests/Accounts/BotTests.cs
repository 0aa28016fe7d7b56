using System.Net;
using System.Net.Http.Json;
using ChatService.Client;
using ChatService.Client.SignIn;
using ChatService.Contracts;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Accounts;

public class BotTests(AppHostFixture stack)
{
    [Fact]
    public async Task A_bot_is_a_user_of_its_own_and_makes_no_bots()
    {
        var server = await stack.GatewayAsync();
        var bot = await CreateAsync(server);
        using var http = new HttpClient { BaseAddress = server };
        using var tokens = new ClientCredentialsSignIn(http, bot.ClientId, bot.ClientSecret);
        using var client = TestAccount.Client(server, await tokens.GetAccessTokenAsync(TestContext.Current.CancellationToken));

        var me = await client.GetFromJsonAsync<UserProfile>(Routes.Me, TestContext.Current.CancellationToken);
        using var another = await client.PostAsJsonAsync(Routes.Bots, new CreateBotRequest(TestAccount.NewHandle()), TestContext.Current.CancellationToken);

        Assert.Equal(bot.User, me);
        await Problem.AssertAsync(another, HttpStatusCode.Forbidden, ErrorCodes.Forbidden);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused_and_a_bot_has_no_password()
    {
        var server = await stack.GatewayAsync();
        var bot = await CreateAsync(server);
        using var http = new HttpClient { BaseAddress = server };
        using var tokens = new ClientCredentialsSignIn(http, bot.ClientId, bot.ClientSecret + "x");
        using var password = new PasswordSignIn(server);

        var wrong = await Assert.ThrowsAsync<ChatException>(() => tokens.GetAccessTokenAsync(TestContext.Current.CancellationToken).AsTask());
        var none = await Assert.ThrowsAsync<ChatException>(() => password.SignInAsync(bot.User.Handle, "", new InMemoryTokenStore(), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCodes.Unauthorized, wrong.Code);
        Assert.Equal(ErrorCodes.Unauthorized, none.Code);
    }

    private static async Task<BotCredentials> CreateAsync(Uri server)
    {
        var owner = await TestAccount.CreateAsync(server);
        using var client = await owner.ClientAsync(server);
        using var response = await client.PostAsJsonAsync(
            Routes.Bots, new CreateBotRequest(TestAccount.NewHandle(), "Some Bot"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<BotCredentials>(TestContext.Current.CancellationToken))!;
    }
}
