using ChatService.Hub.Accounts;
using Microsoft.Extensions.Options;

namespace ChatService.Hub.Hardening;

/// <summary>What holds for every request and answer, whatever the endpoint.</summary>
public static class HardeningExtensions
{
    /// <summary>Bytes of a body, where an endpoint does not say otherwise: the largest that a client sends is a device's 100 one-time prekeys.</summary>
    private const int LargestBody = 256 * 1024;

    public static WebApplicationBuilder AddHardening(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        // What a body leaves out is missing, not false or zero.
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.RespectRequiredConstructorParameters = true);
        return builder;
    }

    /// <summary>First in the pipeline: the headers are on every answer, refusals too.</summary>
    public static WebApplication UseHardening(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var isHttps = app.Services.GetRequiredService<IOptions<AccountsOptions>>().Value.IsHttps;
        app.Use((context, next) =>
        {
            context.Response.OnStarting(() =>
            {
                var headers = context.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                if (headers.CacheControl.Count == 0)
                {
                    headers.CacheControl = "no-store";
                }

                if (isHttps)
                {
                    headers.StrictTransportSecurity = "max-age=31536000";
                }

                return Task.CompletedTask;
            });
            return next(context);
        });
        return app;
    }
}
