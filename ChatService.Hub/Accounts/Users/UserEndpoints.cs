using ChatService.Contracts;
using ChatService.Core.Storage;
using ChatService.Core.Users;
using ChatService.Hub.Errors;
using ChatService.Hub.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Accounts;

internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.Me, GetMe).RequireAuthorization().LimitedBy(RateLimits.Reads);
        routes.MapGet($"{Routes.Users}/{{handle}}", GetByHandle).RequireAuthorization().LimitedBy(RateLimits.Directory);
    }

    private static async Task<Results<Ok<UserProfile>, ErrorResult>> GetMe(
        CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken)
    {
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Id == caller.Id, cancellationToken);
        return user is null ? NoSuchUser() : TypedResults.Ok(user.ToProfile());
    }

    /// <summary>A malformed handle is asked for like any other, so that a miss is a miss.</summary>
    private static async Task<Results<Ok<UserProfile>, ErrorResult>> GetByHandle(
        string handle, CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken)
    {
        _ = Handle.TryNormalize(handle, out var wanted);
        wanted ??= "";
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.Handle == wanted, cancellationToken);
        return user is null ? NoSuchUser() : TypedResults.Ok(user.ToProfile());
    }

    private static ErrorResult NoSuchUser() => new ChatError(ErrorCodes.NotFound, "Nobody has this handle.").ToResult();
}
