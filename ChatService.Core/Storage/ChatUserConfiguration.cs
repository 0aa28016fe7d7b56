using ChatService.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatService.Core.Storage;

internal sealed class ChatUserConfiguration : IEntityTypeConfiguration<ChatUser>
{
    public void Configure(EntityTypeBuilder<ChatUser> builder)
    {
        builder.ToTable("chat_users");
        builder.Property(user => user.Id).ValueGeneratedNever();
        builder.Property(user => user.IdentityUserId).HasMaxLength(256);
        builder.Property(user => user.Handle).HasMaxLength(32);
        builder.Property(user => user.DisplayName).HasMaxLength(Contracts.Limits.NameLength);
        builder.Property(user => user.AvatarUrl).HasMaxLength(Contracts.Limits.AvatarUrlLength);
        builder.Property(user => user.SharedSignals).HasDefaultValue(SharedSignals.All).HasSentinel(SharedSignals.All);
        builder.HasIndex(user => user.IdentityUserId).IsUnique();
        builder.HasIndex(user => user.Handle).IsUnique();
    }
}
