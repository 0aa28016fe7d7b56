using ChatService.Core.Attachments;
using ChatService.Core.Conversations;
using ChatService.Core.Devices;
using ChatService.Core.Keys;
using ChatService.Core.Messages;
using ChatService.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Storage;

/// <summary>The truth: everything the chat stores. The message path writes to it with its own SQL, everything else through here.</summary>
public sealed class ChatDbContext(DbContextOptions<ChatDbContext> options) : DbContext(options)
{
    public DbSet<ChatUser> Users => Set<ChatUser>();

    public DbSet<Block> Blocks => Set<Block>();

    public DbSet<Device> Devices => Set<Device>();

    public DbSet<DeviceSession> DeviceSessions => Set<DeviceSession>();

    public DbSet<AccessRevocation> AccessRevocations => Set<AccessRevocation>();

    public DbSet<UserKeyBundle> KeyBundles => Set<UserKeyBundle>();

    public DbSet<OneTimePreKey> OneTimePreKeys => Set<OneTimePreKey>();

    public DbSet<SupersededPreKey> SupersededPreKeys => Set<SupersededPreKey>();

    public DbSet<OneTimePreKeyAllowance> OneTimePreKeyAllowances => Set<OneTimePreKeyAllowance>();

    public DbSet<Conversation> Conversations => Set<Conversation>();

    public DbSet<ConversationParticipant> Participants => Set<ConversationParticipant>();

    public DbSet<Message> Messages => Set<Message>();

    public DbSet<Attachment> Attachments => Set<Attachment>();

    public DbSet<AttachmentChunk> AttachmentChunks => Set<AttachmentChunk>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(
            typeof(ChatDbContext).Assembly,
            type => type.Namespace == typeof(ChatUserConfiguration).Namespace);
}
