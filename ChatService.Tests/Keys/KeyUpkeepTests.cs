using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Devices;
using ChatService.Core.Keys;
using ChatService.Core.Storage;
using ChatService.Core.Users;
using ChatService.Tests.AppHost;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatService.Tests.Keys;

/// <summary>In a database of its own, where the clock may say anything.</summary>
public sealed class KeyUpkeepTests(AppHostFixture stack) : IAsyncLifetime
{
    private static readonly DateTime s_now = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Guid _deviceId = Guid.CreateVersion7();
    private ChatDbContext _db = null!;
    private Guid _userId;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(await stack.ConnectionStringAsync("chatdb"))
        {
            Database = $"upkeep_{Guid.NewGuid():n}",
            Pooling = false,
        };
        var options = new DbContextOptionsBuilder<ChatDbContext>().UseNpgsql(connection.ConnectionString);
        ChatDbContextOptions.Configure(options);
        _db = new ChatDbContext(options.Options);
        await _db.Database.MigrateAsync(Token);
        var user = ChatUser.Create("subject", "someone", "Some One", s_now);
        _userId = user.Id;
        _db.Users.Add(user);
        _db.Devices.Add(Device.Register(_deviceId, _userId, "Device", s_now));
        await _db.SaveChangesAsync(Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _db.Database.EnsureDeletedAsync();
        await _db.DisposeAsync();
    }

    [Fact]
    public async Task Used_keys_go_after_thirty_days_in_batches_and_unused_ones_stay()
    {
        _db.OneTimePreKeys.AddRange(
            Key(1, isUsed: true, days: 31), Key(2, isUsed: true, days: 32), Key(3, isUsed: true, days: 33), Key(4, isUsed: true, days: 29), Key(5, isUsed: false, days: 90));
        await _db.SaveChangesAsync(Token);

        Assert.Equal(2, await KeyUpkeep.DeleteUsedAsync(_db, s_now, batchSize: 2, Token));
        Assert.Equal(1, await KeyUpkeep.DeleteUsedAsync(_db, s_now, batchSize: 2, Token));
        Assert.Equal(0, await KeyUpkeep.DeleteUsedAsync(_db, s_now, batchSize: 2, Token));

        Assert.Equal([4L, 5L], await _db.OneTimePreKeys.Select(key => key.KeyId).Order().ToListAsync(Token));
    }

    [Fact]
    public async Task Superseded_ids_and_full_allowances_go_when_their_time_is_over()
    {
        var other = Guid.CreateVersion7();
        _db.SupersededPreKeys.AddRange(
            new SupersededPreKey { DeviceId = _deviceId, IsKem = false, KeyId = 1, SupersededAt = s_now.AddDays(-31) },
            new SupersededPreKey { DeviceId = _deviceId, IsKem = true, KeyId = 1, SupersededAt = s_now.AddDays(-29) });
        _db.OneTimePreKeyAllowances.AddRange(
            new OneTimePreKeyAllowance { Scope = AllowanceScope.Device, RequesterId = other, TargetDeviceId = _deviceId, Tokens = 0, UpdatedAt = s_now.AddDays(-2) },
            new OneTimePreKeyAllowance { Scope = AllowanceScope.Device, RequesterId = _deviceId, TargetDeviceId = other, Tokens = 0, UpdatedAt = s_now.AddMinutes(-50) });
        await _db.SaveChangesAsync(Token);

        Assert.Equal(1, await KeyUpkeep.DeleteSupersededAsync(_db, s_now, 100, Token));
        Assert.Equal(1, await KeyUpkeep.DeleteFullAllowancesAsync(_db, s_now, 100, Token));

        Assert.True((await _db.SupersededPreKeys.AsNoTracking().SingleAsync(Token)).IsKem);
        Assert.Equal(_deviceId, (await _db.OneTimePreKeyAllowances.AsNoTracking().SingleAsync(Token)).RequesterId);
    }

    [Fact]
    public async Task A_rotation_is_due_after_thirty_days()
    {
        _db.KeyBundles.Add(new UserKeyBundle
        {
            DeviceId = _deviceId,
            IdentityPublicKey = [],
            SignedPreKeyId = 1,
            SignedPreKey = [],
            SignedPreKeySignature = [],
            SignedPreKeyTimestamp = s_now,
            KemPreKeyId = 1,
            KemPreKey = [],
            KemPreKeySignature = [],
        });
        await _db.SaveChangesAsync(Token);

        Assert.False(await SignedPreKeyAge.IsRotationDueAsync(_db, _deviceId, s_now.AddDays(29), Token));
        Assert.True(await SignedPreKeyAge.IsRotationDueAsync(_db, _deviceId, s_now.AddDays(30), Token));
    }

    [Fact]
    public async Task A_conversation_that_everyone_left_is_deleted_with_its_messages_and_no_other_is()
    {
        var kept = Conversation.CreateGroup(Guid.CreateVersion7(), _userId, "Kept", null, [], s_now);
        var left = Conversation.CreateGroup(Guid.CreateVersion7(), _userId, "Left", null, [], s_now);
        left.Rename(_userId, "Still left", s_now);
        left.Leave(_userId, s_now);
        _db.Conversations.AddRange(kept, left);
        _db.Messages.AddRange([.. kept.NewSystemMessages, .. left.NewSystemMessages]);
        await _db.SaveChangesAsync(Token);

        List<int> batches = [];
        do
        {
            batches.Add(await ConversationUpkeep.DeleteAbandonedAsync(_db, batchSize: 2, Token));
        }
        while (batches[^1] > 0);

        Assert.Equal([2, 1, 1, 0], batches);
        Assert.Equal(kept.Id, await _db.Conversations.Select(conversation => conversation.Id).SingleAsync(Token));
        Assert.Equal(ParticipantRole.Owner, (await _db.Participants.AsNoTracking().SingleAsync(Token)).Role);
        Assert.Equal(kept.Id, await _db.Messages.Select(message => message.ConversationId).SingleAsync(Token));
    }

    private OneTimePreKey Key(long id, bool isUsed, int days) =>
        new() { DeviceId = _deviceId, KeyId = id, PublicKey = [], IsUsed = isUsed, CreatedAt = s_now.AddDays(-days) };
}
