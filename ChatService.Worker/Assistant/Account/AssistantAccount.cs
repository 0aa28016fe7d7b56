using ChatService.Client.SignIn;
using ChatService.Core.Accounts;
using ChatService.Core.Storage;
using ChatService.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace ChatService.Worker.Assistant;

/// <summary>Makes the user @gpt, once, and lets this worker sign in as it. Repeating it changes nothing.</summary>
internal sealed class AssistantAccount(
    AccountsDbContext accounts,
    ChatDbContext chat,
    IOpenIddictApplicationManager clients,
    AssistantServer server,
    IOptions<AssistantOptions> options,
    TimeProvider time)
{
    private const string Handle = ReservedHandles.Assistant;

    /// <param name="displayName">Says which model it is, and whose: members see it.</param>
    /// <returns>What it signs in with.</returns>
    public async Task<ClientCredentials> EnsureAsync(string displayName, CancellationToken cancellationToken)
    {
        if (options.Value.SignIn is { } external)
        {
            await EnsureUserAsync(external.Subject, displayName, cancellationToken);
            return new(external.ClientId, external.ClientSecret) { TokenEndpoint = external.TokenEndpoint, Scope = external.Scope, Audience = external.Audience };
        }

        var account = await EnsureAccountAsync(cancellationToken);
        await EnsureUserAsync(account.Id.ToString(), displayName, cancellationToken);
        var secret = AssistantKeys.ClientSecret(options.Value.SealingKey!);
        await EnsureClientAsync(account.Id.ToString(), secret, cancellationToken);
        // Asked for where the hubs are, not where discovery says that users find them: a worker in a cluster need not reach the public address.
        return new(account.Id.ToString(), secret) { TokenEndpoint = new Uri(server.Address, "/connect/token") };
    }

    private async Task<AccountUser> EnsureAccountAsync(CancellationToken cancellationToken)
    {
        var name = Handle.ToUpperInvariant();
        if (await accounts.Users.FirstOrDefaultAsync(user => user.NormalizedUserName == name, cancellationToken) is { } known)
        {
            return known;
        }

        var account = new AccountUser
        {
            Id = Guid.CreateVersion7(),
            UserName = Handle,
            NormalizedUserName = name,
            SecurityStamp = Guid.NewGuid().ToString("N"),
            CreatedAt = time.GetUtcNow().UtcDateTime,
        };
        accounts.Users.Add(account);
        await accounts.SaveChangesAsync(cancellationToken);
        return account;
    }

    private async Task EnsureUserAsync(string subject, string displayName, CancellationToken cancellationToken)
    {
        var user = await chat.Users.FirstOrDefaultAsync(user => user.Handle == Handle, cancellationToken);
        if (user is { IsAssistant: false })
        {
            throw new AssistantConfigurationException($"The handle '{Handle}' belongs to a person: there is no assistant until they have another one.");
        }

        if (user?.IdentityUserId != subject && await chat.Users.AnyAsync(other => other.IdentityUserId == subject, cancellationToken))
        {
            throw new AssistantConfigurationException("The subject that the assistant signs in as belongs to somebody else: give it one of its own.");
        }

        if (user is null)
        {
            user = ChatUser.Create(subject, Handle, displayName, time.GetUtcNow().UtcDateTime, isAssistant: true);
            chat.Users.Add(user);
        }

        user.SignInAs(subject);
        user.Rename(displayName);
        await chat.SaveChangesAsync(cancellationToken);
    }

    private async Task EnsureClientAsync(string clientId, string secret, CancellationToken cancellationToken)
    {
        var wanted = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId,
            ClientSecret = secret,
            ClientType = ClientTypes.Confidential,
            ConsentType = ConsentTypes.Implicit,
            Permissions = { Permissions.Endpoints.Token, Permissions.GrantTypes.ClientCredentials, Permissions.Scopes.Profile },
        };
        if (await clients.FindByClientIdAsync(clientId, cancellationToken) is not { } known)
        {
            await clients.CreateAsync(wanted, cancellationToken);
        }
        else if (!await clients.ValidateClientSecretAsync(known, secret, cancellationToken))
        {
            await clients.UpdateAsync(known, wanted, cancellationToken);
        }
    }
}
