using ChatService.Core.Conversations;
using ChatService.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatService.Core.Storage;

internal sealed class ConversationConfiguration :
    IEntityTypeConfiguration<Conversation>,
    IEntityTypeConfiguration<ConversationParticipant>
{
    public void Configure(EntityTypeBuilder<Conversation> builder)
    {
        // Every message updates last_sequence and last_activity_at: no index on them and room in the page keep it a heap-only update.
        builder.ToTable("conversations");
        builder.HasStorageParameter("fillfactor", 50);
        builder.Property(conversation => conversation.Id).ValueGeneratedNever();
        builder.Property(conversation => conversation.Name).HasMaxLength(Contracts.Limits.NameLength);
        builder.Property(conversation => conversation.AvatarUrl).HasMaxLength(Contracts.Limits.AvatarUrlLength);
        builder.Property(conversation => conversation.QuietAudiences).HasDefaultValue(0);
        builder.Property(conversation => conversation.Blocks).HasDefaultValue(DirectBlocks.None);
        builder.Ignore(conversation => conversation.Audience);
        builder.Ignore(conversation => conversation.NewSystemMessages);
        builder.HasOne<ChatUser>().WithMany().HasForeignKey(conversation => conversation.CreatorId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(conversation => conversation.Participants).WithOne()
            .HasForeignKey(participant => participant.ConversationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(conversation => new { conversation.DirectLowId, conversation.DirectHighId }).IsUnique()
            .HasFilter("direct_low_id IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<ConversationParticipant> builder)
    {
        builder.ToTable("conversation_participants");
        builder.HasStorageParameter("fillfactor", 80);
        builder.HasKey(participant => new { participant.ConversationId, participant.ChatUserId });
        builder.HasOne<ChatUser>().WithMany().HasForeignKey(participant => participant.ChatUserId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(participant => participant.ChatUserId);
    }
}
