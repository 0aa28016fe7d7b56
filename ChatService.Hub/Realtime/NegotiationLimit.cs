using ChatService.Contracts;
using ChatService.Hub.Accounts;
using ChatService.Hub.Errors;
using ChatService.Hub.RateLimiting;

namespace ChatService.Hub.Realtime;

/// <summary>A negotiation costs no query, but what it makes is kept for a while, whether a connection follows or not.</summary>
internal static class NegotiationLimit
{
    private static readonly PathString s_path = Routes.Hub + "/negotiate";

    public static void UseNegotiationLimit(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.Equals(s_path, StringComparison.OrdinalIgnoreCase) && context.User.Identity is { IsAuthenticated: true },
        branch => branch.Use(async (context, next) =>
        {
            var limiter = context.RequestServices.GetRequiredService<RateLimiter>();
            if (limiter.TryTake(RateLimits.Connections, $"negotiation:{SignInSession.Of(context.User).Subject}") is { } tooMany)
            {
                await tooMany.ToResult().ExecuteAsync(context);
                return;
            }

            await next(context);
        }));
}
