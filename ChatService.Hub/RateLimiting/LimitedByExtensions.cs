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
        return builder.AddEndpointFilter(async (invocation, next) =>
        {
            var limiter = invocation.HttpContext.RequestServices.GetRequiredService<RateLimiter>();
            return limiter.TryTake(limit, Key(invocation.HttpContext)) is { } error
                ? error.ToResult()
                : await next(invocation);
        });
    }

    private static string Key(HttpContext httpContext) =>
        httpContext.User.FindFirst("sub")?.Value is { Length: > 0 } subject
            ? $"user:{subject}"
            : $"address:{ClientAddress.Key(httpContext)}";
}
