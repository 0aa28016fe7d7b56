using Microsoft.EntityFrameworkCore;

namespace ChatService.Worker.Assistant;

/// <summary>The tables of the assistant, in a schema of their own. EF Core only makes them; they are used with SQL.</summary>
public sealed class AssistantDbContext(DbContextOptions<AssistantDbContext> options) : DbContext(options)
{
    public const string Schema = "assistant";

    public static void Configure(DbContextOptionsBuilder options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.UseNpgsql(npgsql => npgsql.MigrationsHistoryTable("__ef_migrations_history", Schema));
        options.UseSnakeCaseNamingConvention();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.Entity<AssistantEntry>(entry =>
        {
            entry.ToTable("entries");
            entry.HasKey(e => new { e.Table, e.Key });
            // Ordinal order, whatever the database's collation.
            entry.Property(e => e.Table).HasColumnName("tbl").UseCollation("C");
            entry.Property(e => e.Key).UseCollation("C");
        });
        modelBuilder.Entity<AssistantLeaseRow>(lease =>
        {
            lease.ToTable("leases");
            lease.HasKey(l => l.Name);
        });
        modelBuilder.Entity<AssistantUsage>(usage =>
        {
            usage.ToTable("usage");
            usage.HasKey(u => u.ScopeId);
            usage.Property(u => u.ScopeId).ValueGeneratedNever();
            usage.HasIndex(u => u.Minute);
        });
    }
}
