using ChatService.Contracts;
using ChatService.Core.Conversations;
using ChatService.Core.Devices;
using ChatService.Core.Keys;
using ChatService.Core.Storage;
using ChatService.Core.Users;
using ChatService.Tests.AppHost;
using ChatService.Tests.Upkeep;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Tests.Keys;

public sealed class KeyUpkeepTests(AppHostFixture stack) : IAsyncLifetime
{
    private static readonly DateTime s_now = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly Guid _deviceId = Guid.CreateVersion7();
    private UpkeepDatabase _database = null!;
    private Guid _userId;

    private ChatDbContext Db => _database.Chat;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await UpkeepDatabase.CreateAsync(stack, withAccounts: false);
        var user = ChatUser.Create("subject", "someone", "Some One", s_now);
        _userId = user.Id;
        Db.Users.Add(user);
        Db.Devices.Add(Device.Register(_deviceId, _userId, "Device", s_now));
        await Db.SaveChangesAsync(Token);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Used_keys_go_after_thirty_days_in_batches_and_unused_ones_stay()
    {
        Db.OneTimePreKeys.AddRange(
            Key(1, isUsed: true, days: 31), Key(2, isUsed: true, days: 32), Key(3, isUsed: true, days: 33), Key(4, isUsed: true, days: 29), Key(5, isUsed: false, days: 90));
        await Db.SaveChangesAsync(Token);

        Assert.Equal(2, await KeyUpkeep.DeleteUsedAsync(Db, s_now, batchSize: 2, Token));
        Assert.Equal(1, await KeyUpkeep.DeleteUsedAsync(Db, s_now, batchSize: 2, Token));
        Assert.Equal(0, await KeyUpkeep.DeleteUsedAsync(Db, s_now, batchSize: 2, Token));

        Assert.Equal([4L, 5L], await Db.OneTimePreKeys.Select(key => key.KeyId).Order().ToListAsync(Token));
    }

    [Fact]
    public async Task Superseded_ids_and_full_allowances_go_when_their_time_is_over()
    {
        var other = Guid.CreateVersion7();
        Db.SupersededPreKeys.AddRange(
            new SupersededPreKey { DeviceId = _deviceId, IsKem = false, KeyId = 1, SupersededAt = s_now.AddDays(-31) },
            new SupersededPreKey { DeviceId = _deviceId, IsKem = true, KeyId = 1, SupersededAt = s_now.AddDays(-29) });
        Db.OneTimePreKeyAllowances.AddRange(
            new OneTimePreKeyAllowance { Scope = AllowanceScope.Device, RequesterId = other, TargetDeviceId = _deviceId, Tokens = 0, UpdatedAt = s_now.AddDays(-2) },
            new OneTimePreKeyAllowance { Scope = AllowanceScope.Device, RequesterId = _deviceId, TargetDeviceId = other, Tokens = 0, UpdatedAt = s_now.AddMinutes(-50) });
        await Db.SaveChangesAsync(Token);

        Assert.Equal(1, await KeyUpkeep.DeleteSupersededAsync(Db, s_now, 100, Token));
        Assert.Equal(1, await KeyUpkeep.DeleteFullAllowancesAsync(Db, s_now, 100, Token));

        Assert.True((await Db.SupersededPreKeys.AsNoTracking().SingleAsync(Token)).IsKem);
        Assert.Equal(_deviceId, (await Db.OneTimePreKeyAllowances.AsNoTracking().SingleAsync(Token)).RequesterId);
    }

    [Fact]
    public async Task A_rotation_is_due_after_thirty_days()
    {
        Db.KeyBundles.Add(new UserKeyBundle
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
        await Db.SaveChangesAsync(Token);

        Assert.False(await SignedPreKeyAge.IsRotationDueAsync(Db, _deviceId, s_now.AddDays(29), Token));
        Assert.True(await SignedPreKeyAge.IsRotationDueAsync(Db, _deviceId, s_now.AddDays(30), Token));
    }

    [Fact]
    public async Task A_conversation_that_everyone_left_is_deleted_with_its_messages_and_no_other_is()
    {
        var kept = Conversation.CreateGroup(Guid.CreateVersion7(), _userId, "Kept", null, [], s_now);
        var left = Conversation.CreateGroup(Guid.CreateVersion7(), _userId, "Left", null, [], s_now);
        left.Rename(_userId, "Still left", s_now);
        left.Leave(_userId, s_now);
        Db.Conversations.AddRange(kept, left);
        Db.Messages.AddRange([.. kept.NewSystemMessages, .. left.NewSystemMessages]);
        await Db.SaveChangesAsync(Token);

        List<int> batches = [];
        do
        {
            batches.Add(await ConversationUpkeep.DeleteAbandonedAsync(Db, batchSize: 2, Token));
        }
        while (batches[^1] > 0);

        Assert.Equal([2, 1, 1, 0], batches);
        Assert.Equal(kept.Id, await Db.Conversations.Select(conversation => conversation.Id).SingleAsync(Token));
        Assert.Equal(ParticipantRole.Owner, (await Db.Participants.AsNoTracking().SingleAsync(Token)).Role);
        Assert.Equal(kept.Id, await Db.Messages.Select(message => message.ConversationId).SingleAsync(Token));
    }

    private OneTimePreKey Key(long id, bool isUsed, int days) =>
        new() { DeviceId = _deviceId, KeyId = id, PublicKey = [], IsUsed = isUsed, CreatedAt = s_now.AddDays(-days) };
}
