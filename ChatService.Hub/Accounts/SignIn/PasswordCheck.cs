using ChatService.Core.Accounts;
using ChatService.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace ChatService.Hub.Accounts;

/// <summary>
/// Checks a password and locks an account after too many wrong ones. An attempt is counted in the database before it
/// is answered, so that guesses sent at the same moment to several hubs all count. An unknown handle, a wrong
/// password and a locked account take the same time and get the same answer.
/// </summary>
internal sealed class PasswordCheck(
    AccountsDbContext db, IPasswordHasher<AccountUser> hasher, IOptions<AccountsOptions> options, TimeProvider time)
{
    private static string? s_decoy;

    public async Task<AccountUser?> FindAsync(string? handle, string? password, CancellationToken cancellationToken)
    {
        if (password is null or { Length: > AccountRules.LongestPassword })
        {
            password = "";
        }

        var name = Handle.TryNormalize(handle, out var normalized) ? normalized.ToUpperInvariant() : "";
        var user = await db.Users.AsNoTracking().FirstOrDefaultAsync(user => user.NormalizedUserName == name, cancellationToken);
        // The hash takes many times longer than the statement, which so adds nothing to an attempt that has something to count.
        var counting = user?.PasswordHash is null ? Task.FromResult(false) : CountAttemptAsync(user.Id, cancellationToken);
        var matches = Matches(user ?? new AccountUser(), user?.PasswordHash ?? Decoy(), password);
        if (!await counting || !matches)
        {
            return null;
        }

        await db.Users.Where(account => account.Id == user!.Id).ExecuteUpdateAsync(
            set => set.SetProperty(account => account.AccessFailedCount, 0)
                .SetProperty(account => account.LockoutEnd, (DateTimeOffset?)null),
            cancellationToken);
        return user;
    }

    /// <summary>False while the account is locked. The last attempt allowed locks it; success unlocks it again.</summary>
    private async Task<bool> CountAttemptAsync(Guid id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? lockedUntil = now + TimeSpan.FromMinutes(options.Value.LockoutMinutes);
        var last = options.Value.LockoutFailures - 1;
        return await db.Users
            .Where(account => account.Id == id && (account.LockoutEnd == null || account.LockoutEnd <= now))
            .ExecuteUpdateAsync(
                set => set.SetProperty(account => account.LockoutEnd, account => account.AccessFailedCount >= last ? lockedUntil : null)
                    .SetProperty(account => account.AccessFailedCount, account => account.AccessFailedCount >= last ? 0 : account.AccessFailedCount + 1),
                cancellationToken) == 1;
    }

    private bool Matches(AccountUser user, string hash, string password) =>
        hasher.VerifyHashedPassword(user, hash, password) != PasswordVerificationResult.Failed;

    private string Decoy() => s_decoy ??= hasher.HashPassword(new AccountUser(), Guid.NewGuid().ToString());
}
