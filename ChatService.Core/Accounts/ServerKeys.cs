using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Accounts;

/// <summary>
/// Makes the authority's keys: once for all processes, and anew before the last ones grow old. A new key is published a
/// day before anyone signs with it, so that every process and every cache of the key set has it by then; the one before
/// is accepted for as long as a token may live that was made with it.
/// </summary>
public sealed class ServerKeys(IDataProtectionProvider protection, KeyRingSealing sealing, TimeProvider time)
{
    public static readonly TimeSpan RotatesAfter = TimeSpan.FromDays(90);
    public static readonly TimeSpan PublishedAhead = TimeSpan.FromDays(1);
    public static readonly TimeSpan LivesFor = TimeSpan.FromDays(180);

    /// <summary>The longest life of a token, and so how long a key is still accepted after its successor has taken over.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(90);

    /// <summary>"accounts" in ASCII: no other code takes this lock.</summary>
    private const long AdvisoryLock = 0x6163636f756e7473;

    private readonly IDataProtector _protector = protection.CreateProtector("ChatService.Accounts.ServerKeys.v1");

    /// <summary>Returns all keys that are not expired, after making those that are due.</summary>
    public async Task<IReadOnlyList<ServerKey>> EnsureAsync(AccountsDbContext db, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return await db.Database.CreateExecutionStrategy().ExecuteAsync(async token =>
        {
            db.ChangeTracker.Clear();
            await using var transaction = await db.Database.BeginTransactionAsync(token);
            await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({AdvisoryLock})", token);
            var now = time.GetUtcNow().UtcDateTime;
            await KeyRingUpkeep.SealAsync(db, sealing, token);
            await db.ServerKeys.Where(key => key.ExpiresAt <= now).ExecuteDeleteAsync(token);
            var keys = await db.ServerKeys.ToListAsync(token);
            foreach (var use in Enum.GetValues<ServerKeyUse>())
            {
                var known = keys.Where(key => key.Use == use).ToList();
                if (Due(known, now) is { } activatesAt)
                {
                    foreach (var before in known.Where(key => key.ExpiresAt < activatesAt + Overlap && key.ActivatesAt == known.Max(other => other.ActivatesAt)))
                    {
                        before.ExpiresAt = activatesAt + Overlap;
                    }

                    var made = Make(use, now, activatesAt);
                    db.ServerKeys.Add(made);
                    keys.Add(made);
                }
            }

            await db.SaveChangesAsync(token);
            await transaction.CommitAsync(token);
            return keys;
        }, cancellationToken);
    }

    /// <summary>PKCS#8 of a signing key, or the bytes of an encryption key. The caller zeroes it.</summary>
    public byte[] Unseal(ServerKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _protector.Unprotect(key.Sealed);
    }

    private static DateTime? Due(List<ServerKey> keys, DateTime now) => keys switch
    {
        [] => now,
        _ when keys.Max(key => key.ActivatesAt) + RotatesAfter <= now => now + PublishedAhead,
        _ => null,
    };

    private ServerKey Make(ServerKeyUse use, DateTime now, DateTime activatesAt)
    {
        var secret = use == ServerKeyUse.Signing ? NewSigningKey() : RandomNumberGenerator.GetBytes(32);
        try
        {
            return new ServerKey
            {
                Id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12)),
                Use = use,
                Sealed = _protector.Protect(secret),
                CreatedAt = now,
                ActivatesAt = activatesAt,
                ExpiresAt = activatesAt + LivesFor,
            };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static byte[] NewSigningKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKey();
    }
}
