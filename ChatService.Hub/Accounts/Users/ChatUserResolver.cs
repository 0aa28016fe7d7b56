using System.Security.Claims;
using ChatService.Contracts;
using ChatService.Core.Errors;
using ChatService.Core.Storage;
using ChatService.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace ChatService.Hub.Accounts;

/// <summary>
/// Finds the chat's user behind a token's subject, and makes one at first sight. A subject keeps its user for good, so
/// what is found is kept in memory, until it is forgotten because the user was disabled.
/// </summary>
public sealed class ChatUserResolver(IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    private const int Attempts = 8;

    private readonly MemoryCache _known = new(new MemoryCacheOptions { SizeLimit = 100_000 });

    /// <exception cref="ChatException"><see cref="ErrorCodes.Unauthorized"/> when nobody is signed in.</exception>
    public async ValueTask<Guid> ResolveAsync(ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(principal);
        var subject = SignInSession.Of(principal).Subject;
        if (!_known.TryGetValue(subject, out Guid id))
        {
            id = await FindOrCreateAsync(subject, principal, cancellationToken);
            _known.Set(subject, id, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) });
        }

        return id;
    }

    public void Forget(string subject) => _known.Remove(subject);

    public void Dispose() => _known.Dispose();

    private async Task<Guid> FindOrCreateAsync(string subject, ClaimsPrincipal principal, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<ChatDbContext>();
            var found = await db.Users.Where(user => user.IdentityUserId == subject)
                .Select(user => new { user.Id, user.DisabledAt }).FirstOrDefaultAsync(cancellationToken);
            if (found is not null)
            {
                return found.DisabledAt is null ? found.Id : throw new ChatException(RevocationReason.Account.ToError());
            }

            var handle = SuggestedHandle.For(principal, attempt);
            var made = ChatUser.Create(subject, handle, SuggestedHandle.NameFor(principal, handle), time.GetUtcNow().UtcDateTime);
            db.Users.Add(made);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return made.Id;
            }
            catch (DbUpdateException exception) when (attempt < Attempts && exception.IsUniqueViolation())
            {
                // Either the handle is taken, or another request was first for the same subject: look again.
            }
        }
    }
}
