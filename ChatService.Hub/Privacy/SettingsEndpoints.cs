using ChatService.Contracts;
using ChatService.Core.Storage;
using ChatService.Core.Users;
using ChatService.Hub.Accounts;
using ChatService.Hub.Devices;
using ChatService.Hub.Errors;
using ChatService.Hub.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Hub.Privacy;

internal static class SettingsEndpoints
{
    public static void MapSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Routes.Settings, GetAsync).RequireAuthorization().LimitedBy(RateLimits.Reads).WithTags("Settings");
        routes.MapPut(Routes.Settings, PutAsync).RequireAuthorization().LimitedBy(RateLimits.Keys).WithTags("Settings");
    }

    private static async Task<Results<Ok<PrivacySettings>, ErrorResult>> GetAsync(
        CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken) =>
        TypedResults.Ok((await db.Users.Where(user => user.Id == caller.Id).Select(user => user.SharedSignals).SingleAsync(cancellationToken)).ToSettings());

    private static async Task<Results<Ok<PrivacySettings>, ErrorResult>> PutAsync(
        PrivacySettings settings, CurrentUser caller, ChatDbContext db, CancellationToken cancellationToken)
    {
        await db.InTransactionAsync(
            async token =>
            {
                await OwnDevice.LockUserAsync(db, caller.Id, token);
                var user = await db.Users.SingleAsync(user => user.Id == caller.Id, token);
                user.Share(settings.ToSignals());
            },
            cancellationToken);
        return TypedResults.Ok(settings);
    }

    internal static PrivacySettings ToSettings(this SharedSignals shared) => new(
        shared.HasFlag(SharedSignals.Receipts), shared.HasFlag(SharedSignals.Typing), shared.HasFlag(SharedSignals.Presence));

    private static SharedSignals ToSignals(this PrivacySettings settings) =>
        (settings.Receipts ? SharedSignals.Receipts : 0)
        | (settings.Typing ? SharedSignals.Typing : 0)
        | (settings.Presence ? SharedSignals.Presence : 0);
}
