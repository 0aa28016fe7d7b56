using OpenIddict.Abstractions;

namespace ChatService.Hub.Accounts;

/// <summary>Ends sign-ins with the built-in authority: their refresh tokens are good for nothing afterwards. Another authority's are its own affair.</summary>
internal sealed class SignInEnd(IServiceProvider services)
{
    public async Task EndAsync(IEnumerable<string> sessionIds, CancellationToken cancellationToken)
    {
        if (services.GetService<IOpenIddictAuthorizationManager>() is not { } authorizations)
        {
            return;
        }

        var tokens = services.GetRequiredService<IOpenIddictTokenManager>();
        foreach (var id in sessionIds.Where(id => Guid.TryParse(id, out _)))
        {
            if (await authorizations.FindByIdAsync(id, cancellationToken) is { } authorization)
            {
                await authorizations.TryRevokeAsync(authorization, cancellationToken);
                await tokens.RevokeByAuthorizationIdAsync(id, cancellationToken);
            }
        }
    }

    public async Task EndAllAsync(string subject, CancellationToken cancellationToken)
    {
        if (services.GetService<IOpenIddictAuthorizationManager>() is { } authorizations)
        {
            await authorizations.RevokeBySubjectAsync(subject, cancellationToken);
            await services.GetRequiredService<IOpenIddictTokenManager>().RevokeBySubjectAsync(subject, cancellationToken);
        }
    }
}
