using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Accounts;

/// <summary>What every use of <see cref="AccountsDbContext"/> shares, whoever makes it.</summary>
public static class AccountsDbContextOptions
{
    public static void Configure(DbContextOptionsBuilder options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.UseNpgsql(npgsql => npgsql.MigrationsHistoryTable("__ef_migrations_history", AccountsDbContext.Schema));
        options.UseSnakeCaseNamingConvention();
    }
}
