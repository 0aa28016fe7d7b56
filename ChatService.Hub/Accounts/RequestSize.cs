using Microsoft.AspNetCore.Http.Metadata;

namespace ChatService.Hub.Accounts;

internal static class RequestSize
{
    public static TBuilder RequestsUpTo<TBuilder>(this TBuilder builder, long bytes)
        where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new Limit(bytes));

    private sealed record Limit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
}
