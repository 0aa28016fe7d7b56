using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using ChatService.Contracts;
using ChatService.Core.Accounts;
using ChatService.Core.Errors;
using ChatService.Hub.Errors;
using ChatService.Hub.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatService.Hub.Accounts;

/// <summary>Bots: users without a password that sign in with client credentials (RFC 6749 section 4.4).</summary>
internal static class BotEndpoints
{
    private const int SecretLength = 32;

    public static void MapBots(this IEndpointRouteBuilder routes) =>
        routes.MapPost(Routes.Bots, Create).RequireAuthorization().LimitedBy(RateLimits.Keys);

    private static async Task<Results<Created<BotCredentials>, ErrorResult>> Create(
        CreateBotRequest request,
        ClaimsPrincipal caller,
        AccountsDbContext db,
        AccountCreation creation,
        IOpenIddictApplicationManager clients,
        CancellationToken cancellationToken)
    {
        var handle = AccountRules.Handle(request.Handle);
        var name = AccountRules.Name(request.DisplayName, handle);
        var owner = await OwnerAsync(caller, db, cancellationToken);
        var (account, profile) = await CreateAsync(owner, handle, name, db, creation, cancellationToken);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretLength));
        await clients.CreateAsync(Client(account.Id, secret), cancellationToken);
        return TypedResults.Created(Routes.User(handle), new BotCredentials(profile, account.Id.ToString(), secret));
    }

    /// <summary>One bot of a person's is made at a time, so that many at once do not slip past the limit together.</summary>
    private static async Task<(AccountUser Account, UserProfile Profile)> CreateAsync(
        AccountUser owner, string handle, string name, AccountsDbContext db, AccountCreation creation, CancellationToken cancellationToken)
    {
        var key = owner.Id.ToString();
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_lock(hashtextextended({key}, 0))", cancellationToken);
            try
            {
                return await db.Users.CountAsync(user => user.OwnerId == owner.Id, cancellationToken) < Limits.BotsPerUser
                    ? await creation.CreateAsync(handle, name, password: null, owner.Id, cancellationToken)
                    : throw new ChatException(ErrorCodes.LimitReached, $"You have {Limits.BotsPerUser} bots already.");
            }
            finally
            {
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_unlock(hashtextextended({key}, 0))", CancellationToken.None);
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task<AccountUser> OwnerAsync(ClaimsPrincipal caller, AccountsDbContext db, CancellationToken cancellationToken)
    {
        var owner = Guid.TryParse(caller.FindFirst(Claims.Subject)?.Value, out var id)
            ? await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == id, cancellationToken)
            : null;
        return owner is { OwnerId: null }
            ? owner
            : throw new ChatException(ErrorCodes.Forbidden, "Only a person's account may have bots.");
    }

    /// <summary>The client id is the account's id, so the token endpoint finds the user without another table.</summary>
    private static OpenIddictApplicationDescriptor Client(Guid accountId, string secret) => new()
    {
        ClientId = accountId.ToString(),
        ClientSecret = secret,
        ClientType = ClientTypes.Confidential,
        ConsentType = ConsentTypes.Implicit,
        Permissions =
        {
            Permissions.Endpoints.Token, Permissions.Endpoints.Revocation,
            Permissions.GrantTypes.ClientCredentials, Permissions.Scopes.Profile,
        },
    };
}
