using ChatService.Core.Attachments;
using ChatService.Core.Conversations;
using ChatService.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatService.Core.Storage;

internal sealed class AttachmentConfiguration :
    IEntityTypeConfiguration<Attachment>,
    IEntityTypeConfiguration<AttachmentChunk>
{
    public void Configure(EntityTypeBuilder<Attachment> builder)
    {
        builder.ToTable("attachments");
        builder.Property(attachment => attachment.Id).ValueGeneratedNever();
        builder.HasOne<Conversation>().WithMany().HasForeignKey(attachment => attachment.ConversationId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ChatUser>().WithMany().HasForeignKey(attachment => attachment.UploaderId).OnDelete(DeleteBehavior.Restrict);
        // Disappearing messages take theirs with them, a user's uploads are counted, and upkeep looks at the old ones.
        builder.HasIndex(attachment => new { attachment.ConversationId, attachment.MessageId });
        builder.HasIndex(attachment => new { attachment.UploaderId, attachment.CreatedAt });
        builder.HasIndex(attachment => attachment.CreatedAt);
    }

    public void Configure(EntityTypeBuilder<AttachmentChunk> builder)
    {
        // The migration sets the bytes' storage to EXTERNAL: ciphertext does not compress.
        builder.ToTable("attachment_chunks");
        builder.HasKey(chunk => new { chunk.AttachmentId, chunk.Index });
        builder.HasOne<Attachment>().WithMany().HasForeignKey(chunk => chunk.AttachmentId).OnDelete(DeleteBehavior.Cascade);
    }
}
