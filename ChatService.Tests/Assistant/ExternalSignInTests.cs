using System.Buffers.Text;
using System.Net.Http.Json;
using System.Text.Json;
using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Client.SignIn;
using ChatService.Contracts;
using ChatService.Tests.Accounts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using ChatService.Tests.Upkeep;

namespace ChatService.Tests.Assistant;

/// <summary>The assistant of hubs that trust an authority of the operator's: here the stack's hubs, as they would any.</summary>
public sealed class ExternalSignInTests(AppHostFixture stack)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_worker_says_what_to_set_and_with_client_credentials_of_the_authority_the_assistant_answers()
    {
        var authority = await stack.GatewayAsync();
        await using var database = await UpkeepDatabase.CreateAsync(stack);
        await using var hub = await HubProcess.StartAsync(
            database.ConnectionString, await stack.ConnectionStringAsync("redis"), ("Authentication:Authority", authority.AbsoluteUri));
        (string, string)[] settings = [("ConnectionStrings:chatdb", database.ConnectionString), ("Assistant:Server", hub.Address.AbsoluteUri)];
        await using (var worker = await WorkerProcess.StartAsync(stack, settings))
        {
            await worker.SaysAsync("set Assistant:SignIn to client credentials");
        }

        var bot = await CreateBotAsync(authority);
        await using var assistant = await WorkerProcess.StartAsync(
            stack,
            [
                .. settings,
                ("Assistant:SignIn:TokenEndpoint", new Uri(authority, "/connect/token").AbsoluteUri),
                ("Assistant:SignIn:ClientId", bot.ClientId),
                ("Assistant:SignIn:ClientSecret", bot.ClientSecret),
                ("Assistant:SignIn:Subject", await SubjectAsync(authority, bot)),
            ]);
        await assistant.IsTheAssistant.WaitAsync(Patience.Limit, Ct);

        await using var alice = await Person.ConnectAsync(stack, hub.Address);
        var direct = await alice.Client.OpenDirectAsync("gpt", Ct);
        Assert.True(direct.IsWithAssistant);
        await alice.SayAsync(direct, "Where did you sign in?");
        await alice.HearsAsync("You said: Where did you sign in?");
    }

    private static async Task<BotCredentials> CreateBotAsync(Uri authority)
    {
        var owner = await TestAccount.CreateAsync(authority);
        using var client = await owner.ClientAsync(authority);
        using var response = await client.PostAsJsonAsync(Routes.Bots, new CreateBotRequest(TestAccount.NewHandle()), Ct);
        return (await response.Content.ReadFromJsonAsync<BotCredentials>(Ct))!;
    }

    /// <summary>As an operator reads it from a token.</summary>
    private static async Task<string> SubjectAsync(Uri authority, BotCredentials bot)
    {
        using var http = new HttpClient { BaseAddress = authority };
        using var tokens = new ClientCredentialsSignIn(http, bot.ClientId, bot.ClientSecret);
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars((await tokens.GetAccessTokenAsync(Ct)).Split('.')[1]));
        return claims.RootElement.GetProperty("sub").GetString()!;
    }
}
