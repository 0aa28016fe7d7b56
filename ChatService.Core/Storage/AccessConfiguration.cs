using ChatService.Core.Devices;
using ChatService.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatService.Core.Storage;

internal sealed class AccessConfiguration : IEntityTypeConfiguration<DeviceSession>, IEntityTypeConfiguration<AccessRevocation>
{
    public void Configure(EntityTypeBuilder<DeviceSession> builder)
    {
        builder.ToTable("device_sessions");
        builder.HasKey(session => new { session.DeviceId, session.SessionId });
        builder.Property(session => session.SessionId).HasMaxLength(DeviceSession.SessionIdLength);
        builder.HasOne<Device>().WithMany().HasForeignKey(session => session.DeviceId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<AccessRevocation> builder)
    {
        builder.ToTable("access_revocations");
        builder.Property(revocation => revocation.Subject).HasMaxLength(256);
        builder.Property(revocation => revocation.SessionId).HasMaxLength(DeviceSession.SessionIdLength);
        builder.HasIndex(revocation => revocation.RevokedAt);
    }
}
