using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using OpenIddict.EntityFrameworkCore.Models;

namespace ChatService.Core.Accounts;

/// <summary>Everything that the built-in authority knows, so that any number of hubs are one authority.</summary>
public sealed class AccountsDbContext(DbContextOptions<AccountsDbContext> options)
    : IdentityUserContext<AccountUser, Guid>(options), IDataProtectionKeyContext
{
    public const string Schema = "accounts";

    public DbSet<ServerKey> ServerKeys => Set<ServerKey>();

    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        base.OnModelCreating(builder);
        builder.UseOpenIddict<Guid>();
        builder.HasDefaultSchema(Schema);

        builder.Entity<AccountUser>(user =>
        {
            user.ToTable("users");
            user.HasIndex(u => u.NormalizedUserName).IsUnique().HasDatabaseName("ix_users_normalized_user_name");
            user.HasIndex(u => u.NormalizedEmail).HasDatabaseName("ix_users_normalized_email");
            user.HasOne<AccountUser>().WithMany().HasForeignKey(u => u.OwnerId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("user_tokens");

        builder.Entity<OpenIddictEntityFrameworkCoreApplication<Guid>>().ToTable("applications");
        builder.Entity<OpenIddictEntityFrameworkCoreAuthorization<Guid>>(authorization =>
        {
            authorization.ToTable("authorizations");
            authorization.HasIndex(a => a.CreationDate);
        });
        builder.Entity<OpenIddictEntityFrameworkCoreScope<Guid>>().ToTable("scopes");
        builder.Entity<OpenIddictEntityFrameworkCoreToken<Guid>>(token =>
        {
            token.ToTable("tokens");
            token.HasIndex(t => t.CreationDate);
        });

        builder.Entity<DataProtectionKey>().ToTable("data_protection_keys");
        builder.Entity<ServerKey>(key =>
        {
            key.ToTable("server_keys");
            key.Property(k => k.Id).HasMaxLength(64);
        });
    }
}
