using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;

namespace ChatService.Hub.Accounts;

/// <summary>Brings the known clients up to date when a hub starts. Whichever hub is first does it; the result is the same.</summary>
internal sealed class ClientRegistrations(IServiceScopeFactory scopes, IOptions<AccountsOptions> accounts) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await RegisterAsync(KnownClients.ForCli(), cancellationToken);
        await RegisterAsync(KnownClients.ForWeb(accounts.Value.WebRedirectUris), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task RegisterAsync(OpenIddictApplicationDescriptor client, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var clients = scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
        try
        {
            if (await clients.FindByClientIdAsync(client.ClientId!, cancellationToken) is { } known)
            {
                await clients.UpdateAsync(known, client, cancellationToken);
            }
            else
            {
                await clients.CreateAsync(client, cancellationToken);
            }
        }
        catch (Exception exception) when (exception
            is DbUpdateException { InnerException: Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation } }
            or OpenIddictExceptions.ConcurrencyException
            or OpenIddictExceptions.ValidationException)
        {
            // Another hub was faster with the same registration. This scope would go on remembering that it found none.
            await using var fresh = scopes.CreateAsyncScope();
            var others = fresh.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
            if (await others.FindByClientIdAsync(client.ClientId!, cancellationToken) is null)
            {
                throw;
            }
        }
    }
}
