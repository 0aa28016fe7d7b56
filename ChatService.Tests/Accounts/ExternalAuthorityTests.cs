using System.Net;
using System.Net.Http.Json;
using ChatService.Contracts;
using ChatService.Core.Accounts;
using ChatService.Core.Storage;
using ChatService.Tests.AppHost;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatService.Tests.Accounts;

/// <summary>A hub with a database of its own that trusts the stack's hubs, as it would any authority.</summary>
public class ExternalAuthorityTests(AppHostFixture stack)
{
    [Fact]
    public async Task A_stranger_with_a_token_of_the_authority_becomes_a_user_once()
    {
        var authority = await stack.GatewayAsync();
        var alice = await TestAccount.CreateAsync(authority);
        var redis = await stack.ConnectionStringAsync("redis");
        await using var hub = await HubProcess.StartAsync(await NewDatabaseAsync(), redis, ("Authentication:Authority", authority.AbsoluteUri));
        using var client = await alice.ClientAsync(hub.Address);

        var seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(
            _ => client.GetFromJsonAsync<UserProfile>(Routes.Me, TestContext.Current.CancellationToken)));

        Assert.Single(seen.Distinct());
        Assert.Equal(alice.Profile.Handle, seen[0]!.Handle);
        Assert.NotEqual(alice.Profile.Id, seen[0]!.Id);

        var foreign = ServerSigner.Foreign("another").Sign(authority.AbsoluteUri, "someone");
        using var stranger = TestAccount.Client(hub.Address, foreign);
        using var refused = await stranger.GetAsync(Routes.Me, TestContext.Current.CancellationToken);
        await Problem.AssertAsync(refused, HttpStatusCode.Unauthorized, ErrorCodes.Unauthorized);

        // It is no authority itself: discovery leads to the one that is.
        using var nobody = TestAccount.Client(hub.Address);
        using var discovery = await nobody.GetAsync(Routes.Discovery, TestContext.Current.CancellationToken);
        Assert.Equal(authority.Authority, discovery.Headers.Location!.Authority);
        using var register = await nobody.PostAsJsonAsync(Routes.Accounts, new RegisterAccountRequest("someone", TestAccount.GoodPassword), TestContext.Current.CancellationToken);
        Assert.False(register.IsSuccessStatusCode);
    }

    private async Task<string> NewDatabaseAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(await stack.ConnectionStringAsync("chatdb")) { Database = $"external_{Guid.NewGuid():N}" };
        var chat = new DbContextOptionsBuilder<ChatDbContext>().UseNpgsql(connection.ConnectionString);
        ChatDbContextOptions.Configure(chat);
        await using var chatDb = new ChatDbContext(chat.Options);
        await chatDb.Database.MigrateAsync(TestContext.Current.CancellationToken);
        var accounts = new DbContextOptionsBuilder<AccountsDbContext>().UseNpgsql(connection.ConnectionString);
        AccountsDbContextOptions.Configure(accounts);
        await using var accountsDb = new AccountsDbContext(accounts.Options);
        await accountsDb.Database.MigrateAsync(TestContext.Current.CancellationToken);
        return connection.ConnectionString;
    }
}
