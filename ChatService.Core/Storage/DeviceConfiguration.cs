using ChatService.Core.Devices;
using ChatService.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatService.Core.Storage;

internal sealed class DeviceConfiguration : IEntityTypeConfiguration<Device>
{
    public void Configure(EntityTypeBuilder<Device> builder)
    {
        builder.ToTable("devices");
        builder.Property(device => device.Id).ValueGeneratedNever();
        builder.Property(device => device.Name).HasMaxLength(Contracts.Limits.NameLength);
        builder.HasOne<ChatUser>().WithMany().HasForeignKey(device => device.ChatUserId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(device => device.ChatUserId).HasFilter("removed_at IS NULL");
        // Upkeep looks for those not seen for long.
        builder.HasIndex(device => device.LastSeenAt).HasFilter("removed_at IS NULL");
    }
}
