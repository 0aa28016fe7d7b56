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
    AccountsDbContext accounts, ChatDbContext chat, IOpenIddictApplicationManager clients, IOptions<AssistantOptions> options, TimeProvider time)
{
    private const string Handle = ReservedHandles.Assistant;

    /// <param name="displayName">Says which model it is, and whose: members see it.</param>
    /// <returns>What it signs in with.</returns>
    public async Task<AssistantCredentials> EnsureAsync(string displayName, CancellationToken cancellationToken)
    {
        if (options.Value.SignIn is { } external)
        {
            await EnsureUserAsync(external.Subject, displayName, cancellationToken);
            return new(external.TokenEndpoint, external.ClientId, external.ClientSecret, external.Scope, external.Audience);
        }

        var account = await EnsureAccountAsync(cancellationToken);
        await EnsureUserAsync(account.Id.ToString(), displayName, cancellationToken);
        var secret = AssistantKeys.ClientSecret(options.Value.SealingKey!);
        await EnsureClientAsync(account.Id.ToString(), secret, cancellationToken);
        return new(TokenEndpoint: null, account.Id.ToString(), secret, Scope: null, Audience: null);
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

        if (user is not null && user.IdentityUserId != subject)
        {
            throw new AssistantConfigurationException("The assistant signed in as another subject before: go back to its sign-in, or remove its user.");
        }

        if (user is null)
        {
            user = ChatUser.Create(subject, Handle, displayName, time.GetUtcNow().UtcDateTime, isAssistant: true);
            chat.Users.Add(user);
        }

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
