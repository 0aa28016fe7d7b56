using ChatService.Contracts;
using ChatService.Hub.Errors;

namespace ChatService.Hub.RateLimiting;

public static class LimitedByExtensions
{
    /// <summary>Counts calls per signed-in subject, or per client address where nobody is signed in.</summary>
    public static TBuilder LimitedBy<TBuilder>(this TBuilder builder, RateLimit limit)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(limit);
        return builder.WithMetadata(limit).AddEndpointFilter(async (invocation, next) =>
        {
            var limiter = invocation.HttpContext.RequestServices.GetRequiredService<RateLimiter>();
            return limiter.TryTake(limit, Key(limit, invocation.HttpContext)) is { } error
                ? error.ToResult()
                : await next(invocation);
        });
    }

    /// <summary>Making accounts and trying passwords count by address even with a token: each account would bring a bucket of its own.</summary>
    private static string Key(RateLimit limit, HttpContext httpContext) =>
        limit != RateLimits.Accounts && httpContext.User.FindFirst("sub")?.Value is { Length: > 0 } subject
            ? $"user:{subject}"
            : $"address:{ClientAddress.Key(httpContext)}";
}
