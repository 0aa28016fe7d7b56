using ChatService.Client;
using ChatService.Client.SignIn;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Accounts;

public class RefreshTests(AppHostFixture stack)
{
    [Fact]
    public async Task A_token_is_renewed_once_however_many_ask_and_its_refresh_token_replaced()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var alice = await TestAccount.CreateAsync(await stack.GatewayAsync(), time);
        var before = await alice.Tokens.GetAccessTokenAsync(TestContext.Current.CancellationToken);
        var refreshBefore = await alice.Store.LoadAsync(TestContext.Current.CancellationToken);

        Assert.Equal(before, await alice.Tokens.GetAccessTokenAsync(TestContext.Current.CancellationToken));
        time.Advance(TimeSpan.FromMinutes(9.5));
        var renewed = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => alice.Tokens.GetAccessTokenAsync(TestContext.Current.CancellationToken).AsTask()));

        Assert.Single(renewed.Distinct());
        Assert.NotEqual(before, renewed[0]);
        Assert.NotEqual(refreshBefore, await alice.Store.LoadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_client_that_died_before_it_stored_the_answer_goes_on_with_the_old_refresh_token()
    {
        var alice = await TestAccount.CreateAsync(await stack.GatewayAsync());
        using var http = new HttpClient { BaseAddress = await stack.GatewayAsync() };
        var lost = new InMemoryTokenStore();
        await lost.SaveAsync((await alice.Store.LoadAsync(TestContext.Current.CancellationToken))!, TestContext.Current.CancellationToken);

        var first = await RefreshingTokenSource.ResumeAsync(http, lost, cancellationToken: TestContext.Current.CancellationToken);
        await first!.GetAccessTokenAsync(TestContext.Current.CancellationToken);
        var second = await RefreshingTokenSource.ResumeAsync(http, alice.Store, cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEmpty(await second!.GetAccessTokenAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_refresh_token_used_twice_ends_the_whole_chain()
    {
        await using var hub = await HubProcess.StartAsync(
            await stack.ConnectionStringAsync("chatdb"), await stack.ConnectionStringAsync("redis"), ("Authentication:RefreshReuseSeconds", "0"));
        using var http = new HttpClient { BaseAddress = hub.Address };
        var alice = await TestAccount.CreateAsync(hub.Address);
        var stolen = new InMemoryTokenStore();
        await stolen.SaveAsync((await alice.Store.LoadAsync(TestContext.Current.CancellationToken))!, TestContext.Current.CancellationToken);
        var owner = await RefreshingTokenSource.ResumeAsync(http, alice.Store, cancellationToken: TestContext.Current.CancellationToken);
        await owner!.GetAccessTokenAsync(TestContext.Current.CancellationToken);

        var thief = await RefreshingTokenSource.ResumeAsync(http, stolen, cancellationToken: TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<ChatException>(() => thief!.GetAccessTokenAsync(TestContext.Current.CancellationToken).AsTask());
        var ownerNext = await RefreshingTokenSource.ResumeAsync(http, alice.Store, cancellationToken: TestContext.Current.CancellationToken);
        var ended = await Assert.ThrowsAsync<ChatException>(() => ownerNext!.GetAccessTokenAsync(TestContext.Current.CancellationToken).AsTask());

        Assert.Equal(ErrorCodes.Unauthorized, refused.Code);
        Assert.Equal(ErrorCodes.Unauthorized, ended.Code);
        Assert.Null(await alice.Store.LoadAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Signing_out_revokes_the_refresh_token()
    {
        var alice = await TestAccount.CreateAsync(await stack.GatewayAsync());
        using var http = new HttpClient { BaseAddress = await stack.GatewayAsync() };
        var copy = new InMemoryTokenStore();
        await copy.SaveAsync((await alice.Store.LoadAsync(TestContext.Current.CancellationToken))!, TestContext.Current.CancellationToken);

        await alice.Tokens.SignOutAsync(TestContext.Current.CancellationToken);

        Assert.Null(await RefreshingTokenSource.ResumeAsync(http, alice.Store, cancellationToken: TestContext.Current.CancellationToken));
        var resumed = await RefreshingTokenSource.ResumeAsync(http, copy, cancellationToken: TestContext.Current.CancellationToken);
        var refused = await Assert.ThrowsAsync<ChatException>(() => resumed!.GetAccessTokenAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Equal(ErrorCodes.Unauthorized, refused.Code);
    }
}
