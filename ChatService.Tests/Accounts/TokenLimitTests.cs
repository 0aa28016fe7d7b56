using System.Net;
using System.Net.Http.Json;
using ChatService.Contracts;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Accounts;

public sealed class TokenLimitTests(AppHostFixture stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guessing_a_bots_secret_ends_soon_for_that_bot_and_asking_too_often_for_the_whole_address()
    {
        await using var hub = await HubProcess.StartAsync(
            await stack.ConnectionStringAsync("chatdb"),
            await stack.ConnectionStringAsync("redis"),
            ("RateLimits:accounts:Burst", "20"), ("RateLimits:accounts:PerSecond", "0.01"),
            ("RateLimits:account-failures:Burst", "2"), ("RateLimits:account-failures:PerSecond", "0.01"));
        using var http = TestAccount.Client(hub.Address);
        var (victim, other) = (await BotAsync(), await BotAsync());

        for (var i = 0; i < 2; i++)
        {
            using var wrong = await AskAsync(http, victim.ClientId, "a guess");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var limited = await AskAsync(http, victim.ClientId, victim.ClientSecret);
        await Problem.AssertAsync(limited, HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited);
        Assert.True(limited.Headers.RetryAfter!.Delta > TimeSpan.FromSeconds(30));
        using var untouched = await AskAsync(http, other.ClientId, other.ClientSecret);
        Assert.Equal(HttpStatusCode.OK, untouched.StatusCode);

        for (var left = 20 - 4; left > 0; left--)
        {
            using var refused = await AskAsync(http, Guid.NewGuid().ToString(), "nobody's");
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        using var token = await AskAsync(http, other.ClientId, other.ClientSecret);
        using var device = await http.PostAsync(
            new Uri("/connect/device", UriKind.Relative), new FormUrlEncodedContent([new("client_id", "chat-cli")]), Token);
        await Problem.AssertAsync(token, HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited);
        await Problem.AssertAsync(device, HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited);
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient http, string clientId, string secret) => http.PostAsync(
        new Uri("/connect/token", UriKind.Relative),
        new FormUrlEncodedContent([new("grant_type", "client_credentials"), new("client_id", clientId), new("client_secret", secret)]),
        Token);

    /// <summary>Made at a hub whose limits are the others'.</summary>
    private async Task<BotCredentials> BotAsync()
    {
        var server = await stack.GatewayAsync();
        using var owner = await (await TestAccount.CreateAsync(server)).ClientAsync(server);
        using var made = await owner.PostAsJsonAsync(Routes.Bots, new CreateBotRequest(TestAccount.NewHandle()), Token);
        return (await made.Content.ReadFromJsonAsync<BotCredentials>(Token))!;
    }
}
