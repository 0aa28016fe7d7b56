using Microsoft.EntityFrameworkCore;

namespace ChatService.Benchmarks.Load.Servers;

internal sealed class NaiveDbContext(DbContextOptions<NaiveDbContext> options) : DbContext(options)
{
    public DbSet<NaiveConversation> Conversations => Set<NaiveConversation>();

    public DbSet<NaiveMessage> Messages => Set<NaiveMessage>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<NaiveConversation>().HasMany(entity => entity.Participants).WithOne().HasForeignKey(entity => entity.ConversationId);
        modelBuilder.Entity<NaiveParticipant>().HasKey(entity => new { entity.ConversationId, entity.DeviceId });
        var message = modelBuilder.Entity<NaiveMessage>();
        message.HasKey(entity => entity.Sequence);
        message.HasIndex(entity => new { entity.ConversationId, entity.Id }).IsUnique();
        message.HasOne<NaiveConversation>().WithMany().HasForeignKey(entity => entity.ConversationId);
    }
}
