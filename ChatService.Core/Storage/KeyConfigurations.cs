using ChatService.Core.Devices;
using ChatService.Core.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatService.Core.Storage;

internal sealed class KeyConfigurations :
    IEntityTypeConfiguration<UserKeyBundle>,
    IEntityTypeConfiguration<OneTimePreKey>,
    IEntityTypeConfiguration<SupersededPreKey>,
    IEntityTypeConfiguration<OneTimePreKeyAllowance>
{
    public void Configure(EntityTypeBuilder<UserKeyBundle> builder)
    {
        builder.ToTable("user_key_bundles");
        builder.HasKey(bundle => bundle.DeviceId);
        builder.HasOne<Device>().WithOne().HasForeignKey<UserKeyBundle>(bundle => bundle.DeviceId).OnDelete(DeleteBehavior.Cascade);
        // Upkeep looks for the oldest signed prekeys.
        builder.HasIndex(bundle => bundle.SignedPreKeyTimestamp);
    }

    public void Configure(EntityTypeBuilder<OneTimePreKey> builder)
    {
        builder.ToTable("one_time_pre_keys");
        builder.HasKey(key => new { key.DeviceId, key.KeyId });
        builder.HasOne<Device>().WithMany().HasForeignKey(key => key.DeviceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(key => new { key.DeviceId, key.CreatedAt }).HasFilter("NOT is_used");
        builder.HasIndex(key => key.CreatedAt).HasFilter("is_used");
    }

    public void Configure(EntityTypeBuilder<SupersededPreKey> builder)
    {
        builder.ToTable("superseded_pre_keys");
        builder.HasKey(key => new { key.DeviceId, key.IsKem, key.KeyId });
        builder.HasOne<Device>().WithMany().HasForeignKey(key => key.DeviceId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(key => key.SupersededAt);
    }

    public void Configure(EntityTypeBuilder<OneTimePreKeyAllowance> builder)
    {
        builder.ToTable("one_time_pre_key_allowances");
        builder.HasKey(allowance => new { allowance.Scope, allowance.RequesterId, allowance.TargetDeviceId });
        builder.HasIndex(allowance => allowance.UpdatedAt);
    }
}
