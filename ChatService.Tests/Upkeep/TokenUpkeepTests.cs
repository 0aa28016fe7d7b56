using ChatService.Core.Accounts;
using ChatService.Tests.AppHost;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace ChatService.Tests.Upkeep;

public sealed class TokenUpkeepTests(AppHostFixture stack)
{
    private static readonly DateTime s_now = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokens_that_can_be_used_no_more_go_after_two_weeks_and_authorizations_with_their_last_token()
    {
        await using var database = await UpkeepDatabase.CreateAsync(stack);
        var db = database.Accounts;
        var ended = Authorization("ad-hoc", "valid", days: 40);
        var inUse = Authorization("ad-hoc", "valid", days: 40);
        var revoked = Authorization("ad-hoc", "revoked", days: 40);
        var permanent = Authorization("permanent", "valid", days: 40);
        var young = Authorization("ad-hoc", "valid", days: 1);
        db.AddRange(ended, inUse, revoked, permanent, young);
        db.AddRange(
            New("expired", "valid", days: 40, expiresInDays: -10, ended),
            New("redeemed", "redeemed", days: 15, expiresInDays: 15, inUse),
            New("valid", "valid", days: 15, expiresInDays: 15, inUse),
            New("of a revoked authorization", "valid", days: 15, expiresInDays: 15, revoked),
            New("redeemed lately", "redeemed", days: 13, expiresInDays: 17, inUse),
            New("waits for its user", "inactive", days: 15, expiresInDays: 1, null));
        await db.SaveChangesAsync(Token);

        List<int> batches = [];
        do
        {
            batches.Add(await TokenUpkeep.DeleteTokensAsync(db, s_now, batchSize: 2, Token));
        }
        while (batches[^1] > 0);

        Assert.Equal([2, 1, 0], batches);
        Assert.Equal(
            ["redeemed lately", "valid", "waits for its user"],
            await db.Set<OpenIddictEntityFrameworkCoreToken<Guid>>().Select(token => token.Subject!).Order().ToListAsync(Token));
        Assert.Equal(2, await TokenUpkeep.DeleteAuthorizationsAsync(db, s_now, 10, Token));
        Assert.Equal(0, await TokenUpkeep.DeleteAuthorizationsAsync(db, s_now, 10, Token));
        Assert.Equal(
            new[] { inUse.Id, permanent.Id, young.Id }.Order(),
            (await db.Set<OpenIddictEntityFrameworkCoreAuthorization<Guid>>().Select(authorization => authorization.Id).ToListAsync(Token)).Order());
    }

    private static OpenIddictEntityFrameworkCoreAuthorization<Guid> Authorization(string type, string status, int days) =>
        new() { Id = Guid.NewGuid(), Type = type, Status = status, CreationDate = s_now.AddDays(-days) };

    private static OpenIddictEntityFrameworkCoreToken<Guid> New(
        string name, string status, int days, int expiresInDays, OpenIddictEntityFrameworkCoreAuthorization<Guid>? authorization) => new()
        {
            Id = Guid.NewGuid(),
            Subject = name,
            Status = status,
            CreationDate = s_now.AddDays(-days),
            ExpirationDate = s_now.AddDays(expiresInDays),
            Authorization = authorization,
        };
}
