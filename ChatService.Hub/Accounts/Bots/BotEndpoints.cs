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
    private const int BotsPerUser = 20;
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
        if (await db.Users.CountAsync(user => user.OwnerId == owner.Id, cancellationToken) >= BotsPerUser)
        {
            throw new ChatException(ErrorCodes.LimitReached, $"You have {BotsPerUser} bots already.");
        }

        var (account, profile) = await creation.CreateAsync(handle, name, password: null, owner.Id, cancellationToken);
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretLength));
        await clients.CreateAsync(Client(account.Id, secret), cancellationToken);
        return TypedResults.Created(Routes.User(handle), new BotCredentials(profile, account.Id.ToString(), secret));
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
