using System.Net;
using System.Net.Http.Json;
using ChatService.Client;
using ChatService.Client.SignIn;
using ChatService.Contracts;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Accounts;

public class PasswordTests(AppHostFixture stack)
{
    [Fact]
    public async Task A_wrong_password_and_an_unknown_handle_get_the_same_answer()
    {
        var server = await stack.GatewayAsync();
        var alice = await TestAccount.CreateAsync(server);
        using var client = TestAccount.Client(server);

        using var wrong = await client.PostAsJsonAsync(Routes.SignIn, new SignInRequest(alice.Profile.Handle, "not the password"), TestContext.Current.CancellationToken);
        using var unknown = await client.PostAsJsonAsync(Routes.SignIn, new SignInRequest(TestAccount.NewHandle(), "not the password"), TestContext.Current.CancellationToken);

        await Problem.AssertAsync(wrong, HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized);
        await Problem.AssertAsync(unknown, HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized);
        Assert.Equal(await DetailAsync(wrong), await DetailAsync(unknown));
        Assert.DoesNotContain("chat-account", wrong.Headers.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_at_once_at_two_hubs_lock_the_account_for_the_right_one_too()
    {
        var alice = await TestAccount.CreateAsync(await stack.GatewayAsync());
        PasswordSignIn[] hubs = [new(await stack.HubAsync(1)), new(await stack.HubAsync(2))];

        await Task.WhenAll(Enumerable.Range(0, 5).Select(number => Assert.ThrowsAsync<ChatException>(
            () => hubs[number % 2].SignInAsync(alice.Profile.Handle, "not the password", new InMemoryTokenStore(), TestContext.Current.CancellationToken))));
        var locked = await Assert.ThrowsAsync<ChatException>(
            () => hubs[0].SignInAsync(alice.Profile.Handle, alice.Password, new InMemoryTokenStore(), TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCodes.Unauthorized, locked.Code);
        // Who is signed in already stays so: locking someone out of an account does not end their chat.
        Assert.NotEmpty(await alice.Tokens.GetAccessTokenAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_right_password_forgives_the_wrong_ones_before()
    {
        var alice = await TestAccount.CreateAsync(await stack.GatewayAsync());
        using var signIn = new PasswordSignIn(await stack.GatewayAsync());

        for (var round = 0; round < 2; round++)
        {
            for (var wrong = 0; wrong < 4; wrong++)
            {
                await Assert.ThrowsAsync<ChatException>(() => signIn.SignInAsync(alice.Profile.Handle, "not the password", new InMemoryTokenStore(), TestContext.Current.CancellationToken));
            }

            await signIn.SignInAsync(alice.Profile.Handle, alice.Password, new InMemoryTokenStore(), TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Too_many_attempts_from_one_address_are_told_when_to_come_back_and_the_log_names_nobody()
    {
        await using var hub = await HubProcess.StartAsync(
            await stack.ConnectionStringAsync("chatdb"), await stack.ConnectionStringAsync("redis"),
            ("RateLimits:accounts:Burst", "2"), ("RateLimits:accounts:PerSecond", "0.01"), ("Logging:LogLevel:Default", "Debug"));
        using var client = TestAccount.Client(hub.Address);
        var handle = TestAccount.NewHandle();

        using var first = await client.PostAsJsonAsync(Routes.Accounts, new RegisterAccountRequest(handle, TestAccount.GoodPassword), TestContext.Current.CancellationToken);
        using var second = await client.PostAsJsonAsync(Routes.SignIn, new SignInRequest(handle, TestAccount.GoodPassword), TestContext.Current.CancellationToken);
        using var third = await client.PostAsJsonAsync(Routes.SignIn, new SignInRequest(handle, TestAccount.GoodPassword), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        await Problem.AssertAsync(third, HttpStatusCode.TooManyRequests, ErrorCodes.RateLimited);
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 101);
        Assert.DoesNotContain(handle, hub.Log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(TestAccount.GoodPassword, hub.Log, StringComparison.Ordinal);
    }

    private static async Task<string?> DetailAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<Dictionary<string, object>>(TestContext.Current.CancellationToken))!["detail"].ToString();
}
