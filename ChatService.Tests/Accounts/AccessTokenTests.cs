using System.Buffers.Text;
using System.Net;
using System.Text;
using ChatService.Contracts;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Accounts;

public class AccessTokenTests(AppHostFixture stack)
{
    [Fact]
    public async Task A_token_of_one_hub_is_good_at_the_other()
    {
        var alice = await TestAccount.CreateAsync(await stack.HubAsync(1));
        using var client = await alice.ClientAsync(await stack.HubAsync(2));

        using var response = await client.GetAsync(Routes.Me, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Both_hubs_publish_the_same_keys()
    {
        using var first = TestAccount.Client(await stack.HubAsync(1));
        using var second = TestAccount.Client(await stack.HubAsync(2));

        var keys = await first.GetStringAsync("/.well-known/jwks", TestContext.Current.CancellationToken);

        Assert.Contains("\"kid\"", keys, StringComparison.Ordinal);
        Assert.Equal(keys, await second.GetStringAsync("/.well-known/jwks", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_token_it_is_refused_with_the_same_words()
    {
        var alice = await TestAccount.CreateAsync(await stack.GatewayAsync());
        var good = await alice.Tokens.GetAccessTokenAsync(TestContext.Current.CancellationToken);
        var (issuer, subject) = Claims(good);
        var signer = await ServerSigner.CreateAsync(await stack.ConnectionStringAsync("chatdb"));
        var parts = good.Split('.');

        // The signer's tokens are accepted as they are, so each of the others is refused for its one fault.
        Assert.Equal(HttpStatusCode.OK, (await GetMeAsync(signer.Sign(issuer, subject))).StatusCode);
        var faulty = new Dictionary<string, string>
        {
            ["expired"] = signer.Sign(issuer, subject, expiresInSeconds: -31),
            ["another audience"] = signer.Sign(issuer, subject, audience: "elsewhere"),
            ["another issuer"] = signer.Sign("https://elsewhere.example/", subject),
            ["not an access token"] = signer.Sign(issuer, subject, type: "JWT"),
            ["alg none"] = signer.Sign(issuer, subject, algorithm: "none"),
            ["alg HS256"] = signer.Sign(issuer, subject, algorithm: "HS256"),
            ["foreign key"] = ServerSigner.Foreign("another").Sign(issuer, subject),
            ["foreign key under our name"] = ServerSigner.Foreign(signer.KeyId).Sign(issuer, subject),
            ["tampered body"] = $"{parts[0]}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Body(good).Replace(subject, Guid.NewGuid().ToString(), StringComparison.Ordinal)))}.{parts[2]}",
            ["no signature"] = $"{parts[0]}.{parts[1]}.",
            ["refresh token"] = (await alice.Store.LoadAsync(TestContext.Current.CancellationToken))!,
            ["not a token"] = "a.b.c",
        };

        var words = new HashSet<string?>();
        foreach (var (fault, token) in faulty)
        {
            using var response = await GetMeAsync(token);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, fault);
            await Problem.AssertAsync(response, HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            words.Add(text[..text.IndexOf("traceId", StringComparison.Ordinal)]);
        }

        Assert.Single(words);
    }

    [Fact]
    public async Task A_token_in_the_address_is_taken_on_the_hubs_path_only()
    {
        var server = await stack.HubAsync(1);
        var alice = await TestAccount.CreateAsync(server);
        var token = await alice.Tokens.GetAccessTokenAsync(TestContext.Current.CancellationToken);
        using var client = TestAccount.Client(server);

        using var hub = await client.GetAsync($"{Routes.Hub}?access_token={token}", TestContext.Current.CancellationToken);
        using var hubWithout = await client.GetAsync(Routes.Hub, TestContext.Current.CancellationToken);

        Assert.NotEqual(HttpStatusCode.Unauthorized, hub.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, hubWithout.StatusCode);
        foreach (var path in (string[])[Routes.Me, $"{Routes.Hub}/negotiate", $"{Routes.Hub}/../api/me", "/chatHubX"])
        {
            using var response = await client.GetAsync($"{path}?access_token={token}", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        }
    }

    private async Task<HttpResponseMessage> GetMeAsync(string token)
    {
        using var client = TestAccount.Client(await stack.HubAsync(1));
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return await client.GetAsync(Routes.Me, TestContext.Current.CancellationToken);
    }

    private static string Body(string token) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token.Split('.')[1]));

    private static (string Issuer, string Subject) Claims(string token)
    {
        using var body = System.Text.Json.JsonDocument.Parse(Body(token));
        return (body.RootElement.GetProperty("iss").GetString()!, body.RootElement.GetProperty("sub").GetString()!);
    }
}
