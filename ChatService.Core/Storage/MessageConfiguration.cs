using System.Text.Json;
using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Messages;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatService.Core.Storage;

internal sealed class MessageConfiguration : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> builder)
    {
        // Hash-partitioned by conversation, which the migration says in SQL: a conversation's messages stay together, and
        // the partition key is part of both unique keys.
        builder.ToTable("messages");
        builder.HasKey(message => new { message.ConversationId, message.Sequence });
        builder.HasIndex(message => new { message.ConversationId, message.Id }).IsUnique();
        builder.HasIndex(message => message.ExpiresAt).HasFilter("expires_at IS NOT NULL");
        builder.HasOne<Conversation>().WithMany().HasForeignKey(message => message.ConversationId).OnDelete(DeleteBehavior.Cascade);
        builder.Property(message => message.Type).HasConversion<short>().HasColumnType("smallint");
        builder.Property(message => message.SystemEvent).HasColumnType("jsonb").HasConversion(
            value => JsonSerializer.Serialize(value, JsonSerializerOptions.Web),
            text => JsonSerializer.Deserialize<SystemEvent>(text, JsonSerializerOptions.Web));
    }
}
