using Microsoft.EntityFrameworkCore;

namespace ChatService.Benchmarks.Load.Servers;

internal sealed class NaiveDbContext(DbContextOptions<NaiveDbContext> options) : DbContext(options)
{
    public DbSet<NaiveMessage> Messages => Set<NaiveMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        var message = modelBuilder.Entity<NaiveMessage>();
        message.HasKey(entity => entity.Sequence);
        message.HasIndex(entity => new { entity.ConversationId, entity.Id }).IsUnique();
    }
}
