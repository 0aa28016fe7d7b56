using System.Diagnostics;
using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Client.SignIn;
using ChatService.Contracts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using ChatService.Tests.HubCalls;
using ChatService.Tests.Scenarios;
using Npgsql;

namespace ChatService.Tests.Accounts;

public sealed class RevocationTests(AppHostFixture stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_disables_an_account_and_it_is_out_on_both_hubs_until_it_is_enabled_again()
    {
        await using var here = await RawClient.ConnectAsync(stack, 1);
        using var again = await here.User.SignInAgainAsync(stack, hub: 2);
        await using var there = await RawClient.ConnectAsync(stack, 2, again);

        Assert.Contains("is disabled", await OperatorAsync("disable", here.User.Profile.Handle), StringComparison.Ordinal);

        await Task.WhenAll(here.Closed, there.Closed).WaitAsync(Patience.Limit, Token);
        Assert.Equal(ErrorCodes.Unauthorized, await here.User.RefusedAsync(HttpMethod.Get, Routes.Me));
        Assert.Equal(ErrorCodes.Unauthorized, await again.RefusedAsync(HttpMethod.Get, Routes.Me));
        Assert.Equal(ErrorCodes.Unauthorized, (await Assert.ThrowsAsync<ChatException>(() => RefreshAsync(again))).Code);
        Assert.Equal(ErrorCodes.Unauthorized, (await Assert.ThrowsAsync<ChatException>(() => here.User.SignInAgainAsync(stack))).Code);

        Assert.Contains("is enabled", await OperatorAsync("enable", "@" + here.User.Profile.Handle), StringComparison.Ordinal);
        using var back = await here.User.SignInAgainAsync(stack);
        Assert.Equal(here.User.Id, (await back.GetAsync<UserProfile>(Routes.Me)).Id);
    }

    [Fact]
    public async Task An_account_that_is_disabled_without_a_word_to_the_hubs_is_out_within_a_minute_whatever_way_it_came_in()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var socket = await WayIn.OpenAsync(stack, Entrance.WebSocketsOnly);
        await using var sticky = await WayIn.OpenAsync(stack, Entrance.Gateway);
        await using var polling = await WayIn.OpenAsync(stack, Entrance.LongPollingThroughTheGateway);
        await using var first = await socket.ConnectAsync(2, alice.User);
        await using var second = await sticky.ConnectAsync(2, alice.User);
        await using var third = await polling.ConnectAsync(2, alice.User);
        await using var database = NpgsqlDataSource.Create(await stack.ConnectionStringAsync("chatdb"));
        await using var command = database.CreateCommand(
            """
            WITH disabled AS (UPDATE chat_users SET disabled_at = now() WHERE id = $1 RETURNING identity_user_id)
            INSERT INTO access_revocations (subject, revoked_at) SELECT identity_user_id, now() FROM disabled
            """);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = alice.User.Id });

        await command.ExecuteNonQueryAsync(Token);

        await alice.Closed.WaitAsync(TimeSpan.FromMinutes(1), Token);
        foreach (var client in (ChatClient[])[first.Client, second.Client, third.Client])
        {
            await Patience.UntilAsync(() => client is { State: ConnectionState.Disconnected, Failure.Code: ErrorCodes.Unauthorized }, "the device is signed out");
        }

        Assert.Equal(ErrorCodes.Unauthorized, await alice.User.RefusedAsync(HttpMethod.Get, Routes.Me));
    }

    [Fact]
    public async Task Somebody_who_deletes_their_account_is_gone_and_their_group_has_another_owner()
    {
        await using var alice = await RawClient.ConnectAsync(stack, 1);
        await using var bob = await RawClient.ConnectAsync(stack, 2);
        var group = await Talk.GroupAsync(alice, bob);
        Assert.Equal(ErrorCodes.Unauthorized, await alice.User.RefusedAsync(HttpMethod.Delete, Routes.OwnAccount, new DeleteAccountRequest("not the password")));

        await alice.User.CallAsync(HttpMethod.Delete, Routes.OwnAccount, new DeleteAccountRequest(ApiUser.Password));

        await alice.Closed.WaitAsync(Patience.Limit, Token);
        await Patience.UntilAsync(() => bob.Gone.Contains((group, alice.User.Id)), "Bob hears that Alice has gone");
        var left = await bob.User.GetAsync<ConversationDetails>(Routes.Conversation(group));
        Assert.Equal((bob.User.Id, ParticipantRole.Owner), (Assert.Single(left.Participants).UserId, left.Participants[0].Role));
        Assert.NotNull(await alice.User.TryAsync(HttpMethod.Get, Routes.Me));
        await Assert.ThrowsAsync<ChatException>(() => RefreshAsync(alice.User));
        await Assert.ThrowsAsync<ChatException>(() => alice.User.SignInAgainAsync(stack));
        using var signIn = new PasswordSignIn(await stack.GatewayAsync());
        var taken = await Assert.ThrowsAsync<ChatException>(() => signIn.RegisterAsync(alice.User.Profile.Handle, ApiUser.Password, cancellationToken: Token));
        Assert.Equal(ErrorCodes.Conflict, taken.Code);
        Assert.Equal("Deleted account", (await bob.User.GetAsync<UserProfile>(Routes.User(alice.User.Profile.Handle))).DisplayName);
    }

    /// <summary>What an operator types, with what the worker has in its environment.</summary>
    private async Task<string> OperatorAsync(string verb, string handle)
    {
        var worker = Path.Combine(AppContext.BaseDirectory.Replace("ChatService.Tests", "ChatService.Worker", StringComparison.Ordinal), "ChatService.Worker.dll");
        var start = new ProcessStartInfo("dotnet", [worker, "accounts", verb, handle]) { RedirectStandardOutput = true };
        start.Environment["ConnectionStrings__chatdb"] = await stack.ConnectionStringAsync("chatdb");
        start.Environment["ConnectionStrings__redis"] = await stack.ConnectionStringAsync("redis");
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(Token);
        await process.WaitForExitAsync(Token);
        Assert.Equal(0, process.ExitCode);
        return said;
    }

    private async Task<string> RefreshAsync(ApiUser user)
    {
        using var http = new HttpClient { BaseAddress = await stack.GatewayAsync() };
        using var tokens = await RefreshingTokenSource.ResumeAsync(http, user.RefreshTokens, cancellationToken: Token);
        return await tokens!.GetAccessTokenAsync(Token);
    }
}
