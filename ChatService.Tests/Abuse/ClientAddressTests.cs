using System.Net.Http.Json;
using ChatService.Contracts;
using ChatService.Tests.Accounts;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Abuse;

public sealed class ClientAddressTests(AppHostFixture stack)
{
    [Fact]
    public async Task Behind_the_gateway_nobody_chooses_the_address_that_limits_count()
    {
        await using var hub = await InProcessHub.StartAsync(
            stack, ("ForwardedHeaders_Enabled", "true"), ("RateLimits:accounts:Burst", "3"), ("RateLimits:accounts:PerSecond", "0.01"));
        await using var gateway = await GatewayProcess.StartAsync(hub.Address);

        Assert.Equal([401, 401, 401, 429], await GuessAsync(gateway.Address));
        // Past it a hub believes what it is told, and so must not be within reach of strangers.
        Assert.Equal([401, 401, 401, 401], await GuessAsync(hub.Address));
    }

    /// <summary>The answers to four sign-ins, each of which claims to come from somewhere else.</summary>
    private static async Task<List<int>> GuessAsync(Uri server)
    {
        using var http = TestAccount.Client(server);
        List<int> answers = [];
        for (var i = 0; i < 4; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Routes.SignIn) { Content = JsonContent.Create(new SignInRequest("nobody", "a guess")) };
            request.Headers.Add("X-Forwarded-For", $"203.0.113.{i}");
            request.Headers.Add("Forwarded", $"for=203.0.113.{i}");
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            answers.Add((int)answer.StatusCode);
        }

        return answers;
    }
}
