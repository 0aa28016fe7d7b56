using System.Net;
using System.Net.Http.Json;
using System.Text;
using ChatService.Client;
using ChatService.Client.SignIn;
using ChatService.Contracts;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Accounts;

public class RegistrationTests(AppHostFixture stack)
{
    [Fact]
    public async Task A_new_account_is_found_by_its_exact_handle_only()
    {
        var server = await stack.GatewayAsync();
        var alice = await TestAccount.CreateAsync(server);
        using var client = await alice.ClientAsync(server);

        var me = await client.GetFromJsonAsync<UserProfile>(Routes.Me, TestContext.Current.CancellationToken);
        var found = await client.GetFromJsonAsync<UserProfile>(Routes.User(alice.Profile.Handle.ToUpperInvariant()), TestContext.Current.CancellationToken);

        Assert.Equal(alice.Profile, me);
        Assert.Equal(alice.Profile, found);
        foreach (var other in (string[])[alice.Profile.Handle[..^1], "%", "💥", "a", new('a', 400), "x' or 1=1"])
        {
            using var miss = await client.GetAsync(Routes.User(other), TestContext.Current.CancellationToken);
            await Problem.AssertAsync(miss, HttpStatusCode.NotFound, ErrorCodes.NotFound);
        }
    }

    [Fact]
    public async Task A_taken_handle_is_refused_in_any_case_and_at_any_hub()
    {
        var alice = await TestAccount.CreateAsync(await stack.HubAsync(1));
        using var other = new PasswordSignIn(await stack.HubAsync(2));

        var refused = await Assert.ThrowsAsync<ChatException>(() => other.RegisterAsync(
            $"@{alice.Profile.Handle.ToUpperInvariant()}", TestAccount.GoodPassword, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCodes.Conflict, refused.Code);
    }

    [Fact]
    public async Task Of_many_who_ask_for_one_handle_at_once_one_gets_it()
    {
        var handle = TestAccount.NewHandle();
        using var first = new PasswordSignIn(await stack.HubAsync(1));
        using var second = new PasswordSignIn(await stack.HubAsync(2));

        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(async number =>
        {
            try
            {
                await (number % 2 == 0 ? first : second).RegisterAsync(handle, TestAccount.GoodPassword);
                return "made";
            }
            catch (ChatException exception)
            {
                return exception.Code;
            }
        }));

        Assert.Single(results, "made");
        Assert.Equal(5, results.Count(result => result == ErrorCodes.Conflict));
    }

    [Theory]
    [InlineData("ab", TestAccount.GoodPassword, "Name")]
    [InlineData("1abc", TestAccount.GoodPassword, "Name")]
    [InlineData("аlice", TestAccount.GoodPassword, "Name")]
    [InlineData("ali ce", TestAccount.GoodPassword, "Name")]
    [InlineData("alice\n", TestAccount.GoodPassword, "Name")]
    [InlineData(null, TestAccount.GoodPassword, "Name")]
    [InlineData("fine-handle", "too short", "Name")]
    [InlineData("fine-handle", null, "Name")]
    [InlineData("fine-handle", TestAccount.GoodPassword, "")]
    [InlineData("fine-handle", TestAccount.GoodPassword, "line\nbreak")]
    [InlineData("fine-handle", TestAccount.GoodPassword, "right‮to left")]
    public async Task What_is_not_allowed_is_refused(string? handle, string? password, string name)
    {
        using var client = TestAccount.Client(await stack.GatewayAsync());

        using var response = await client.PostAsJsonAsync(
            Routes.Accounts, new { handle, password, displayName = name }, TestContext.Current.CancellationToken);

        await Problem.AssertAsync(response, HttpStatusCode.BadRequest, ErrorCodes.InvalidArgument);
    }

    [Theory]
    [InlineData("", "application/json", HttpStatusCode.BadRequest, ErrorCodes.InvalidArgument)]
    [InlineData("null", "application/json", HttpStatusCode.BadRequest, ErrorCodes.InvalidArgument)]
    [InlineData("[1,2", "application/json", HttpStatusCode.BadRequest, ErrorCodes.InvalidArgument)]
    [InlineData("{\"handle\":{\"a\":1}}", "application/json", HttpStatusCode.BadRequest, ErrorCodes.InvalidArgument)]
    [InlineData("handle=alice", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType, ErrorCodes.InvalidArgument)]
    public async Task What_is_not_a_request_is_refused(string body, string type, HttpStatusCode status, string code)
    {
        using var client = TestAccount.Client(await stack.GatewayAsync());
        using var content = new StringContent(body, Encoding.UTF8, type);

        using var response = await client.PostAsync(Routes.Accounts, content, TestContext.Current.CancellationToken);

        await Problem.AssertAsync(response, status, code);
    }

    [Fact]
    public async Task A_huge_body_is_refused()
    {
        using var client = TestAccount.Client(await stack.HubAsync(1));
        using var content = new StringContent($$"""{"handle":"{{new string('a', 100_000)}}"}""", Encoding.UTF8, "application/json");

        using var response = await client.PostAsync(Routes.Accounts, content, TestContext.Current.CancellationToken);

        await Problem.AssertAsync(response, HttpStatusCode.RequestEntityTooLarge, ErrorCodes.TooLarge);
    }

    [Fact]
    public async Task A_wrong_method_is_refused_in_the_same_form()
    {
        using var client = TestAccount.Client(await stack.GatewayAsync());

        using var response = await client.DeleteAsync(Routes.SignIn, TestContext.Current.CancellationToken);

        await Problem.AssertAsync(response, HttpStatusCode.MethodNotAllowed, ErrorCodes.InvalidArgument);
    }
}
