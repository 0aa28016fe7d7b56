using ChatService.Contracts;
using ChatService.Hub.RateLimiting;

namespace ChatService.Hub.Keys;

public static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup($"{Routes.Devices}/{{deviceId:guid}}/keys").RequireAuthorization().WithTags("Keys");
        keys.MapGet("", CountKeys.HandleAsync).LimitedBy(RateLimits.Reads);
        keys.MapPut("", ReplacePreKeys.HandleAsync).LimitedBy(RateLimits.Keys);
        keys.MapPost("one-time", AddOneTimePreKeys.HandleAsync).LimitedBy(RateLimits.Keys);
        keys.MapPost("check", CheckKeys.HandleAsync).LimitedBy(RateLimits.Keys);

        routes.MapGet($"{Routes.Users}/{{userId:guid}}/keys", FetchKeyBundles.HandleAsync)
            .RequireAuthorization().LimitedBy(RateLimits.KeyBundles).WithTags("Keys");
    }
}
