using Microsoft.Extensions.Options;

namespace ChatService.Hub.Accounts;

internal static class PublicUrl
{
    /// <summary>Makes the addresses in answers those of the gateway in front, whatever the hub itself is called.</summary>
    public static void UsePublicUrl(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<AccountsOptions>>().Value.PublicUrl is not { } url)
        {
            return;
        }

        var host = HostString.FromUriComponent(url);
        app.Use((context, next) =>
        {
            context.Request.Scheme = url.Scheme;
            context.Request.Host = host;
            return next(context);
        });
    }
}
