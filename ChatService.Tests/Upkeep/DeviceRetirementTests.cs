using ChatService.Core.Conversations;
using ChatService.Core.Devices;
using ChatService.Core.Keys;
using ChatService.Core.Users;
using ChatService.Tests.AppHost;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Tests.Upkeep;

public sealed class DeviceRetirementTests(AppHostFixture stack)
{
    private static readonly DateTime s_now = new(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_ninety_days_a_device_leaves_the_lists_with_its_keys_and_no_member_is_told_why()
    {
        await using var database = await UpkeepDatabase.CreateAsync(stack);
        var db = database.Chat;
        var (alice, bob) = (ChatUser.Create("a", "alice", "Alice", s_now), ChatUser.Create("b", "bob", "Bob", s_now));
        var conversation = Conversation.CreateDirect(Guid.CreateVersion7(), alice.Id, bob.Id, s_now);
        Device unseen = Register(bob.Id, 91), seen = Register(bob.Id, 89), other = Register(alice.Id, 0);
        db.Users.AddRange(alice, bob);
        db.Conversations.Add(conversation);
        db.Devices.AddRange(unseen, seen, other);
        db.KeyBundles.AddRange(Bundle(unseen.Id), Bundle(seen.Id));
        db.OneTimePreKeys.Add(new OneTimePreKey { DeviceId = unseen.Id, KeyId = 1, PublicKey = [], CreatedAt = s_now });
        await db.SaveChangesAsync(Token);
        var (version, sequence) = (conversation.MembershipVersion, conversation.LastSequence);

        Assert.Equal([unseen.Id], await DeviceRetirement.FindAsync(db, s_now, 10, Token));
        var retired = await DeviceRetirement.RetireAsync(db, unseen.Id, s_now, Token);

        Assert.NotNull(retired);
        Assert.Equal((bob.Id, unseen.Id), (retired.UserId, retired.DeviceId));
        Assert.Equal([conversation.Id], retired.Conversations);
        Assert.Null(await DeviceRetirement.RetireAsync(db, unseen.Id, s_now, Token));
        Assert.Null(await DeviceRetirement.RetireAsync(db, seen.Id, s_now, Token));
        Assert.Empty(await DeviceRetirement.FindAsync(db, s_now, 10, Token));

        db.ChangeTracker.Clear();
        Assert.Equivalent(new[] { seen.Id, other.Id }, await db.Devices.Where(device => device.RemovedAt == null).Select(device => device.Id).ToListAsync(Token), strict: true);
        Assert.Equal([seen.Id], await db.KeyBundles.Select(bundle => bundle.DeviceId).ToListAsync(Token));
        Assert.Equal(0, await db.OneTimePreKeys.CountAsync(Token));
        var now = await db.Conversations.SingleAsync(Token);
        Assert.Equal(version + 1, now.MembershipVersion);
        Assert.Equal(sequence, now.LastSequence);
        Assert.Equal(0, await db.Messages.CountAsync(Token));
    }

    [Fact]
    public async Task A_device_that_comes_back_while_it_is_being_retired_stays()
    {
        await using var database = await UpkeepDatabase.CreateAsync(stack);
        var db = database.Chat;
        var user = ChatUser.Create("a", "alice", "Alice", s_now);
        var device = Register(user.Id, 91);
        db.Users.Add(user);
        db.Devices.Add(device);
        await db.SaveChangesAsync(Token);

        await using var back = database.CreateChat();
        await using var transaction = await back.Database.BeginTransactionAsync(Token);
        await back.Devices.Where(own => own.Id == device.Id).ExecuteUpdateAsync(set => set.SetProperty(own => own.LastSeenAt, s_now), Token);
        var retiring = DeviceRetirement.RetireAsync(db, device.Id, s_now, Token);
        await transaction.CommitAsync(Token);

        Assert.Null(await retiring);
        Assert.Null((await database.CreateChat().Devices.SingleAsync(Token)).RemovedAt);
    }

    [Fact]
    public async Task Those_are_asked_who_are_due_or_low_and_were_seen_lately()
    {
        await using var database = await UpkeepDatabase.CreateAsync(stack);
        var db = database.Chat;
        var user = ChatUser.Create("a", "alice", "Alice", s_now);
        Device due = Register(user.Id, 1), away = Register(user.Id, 3), fresh = Register(user.Id, 0);
        db.Users.Add(user);
        db.Devices.AddRange(due, away, fresh);
        db.KeyBundles.AddRange(Bundle(due.Id, 30), Bundle(away.Id, 60), Bundle(fresh.Id, 29));
        db.OneTimePreKeys.AddRange(Enumerable.Range(0, 20).Select(id => Key(fresh.Id, id)));
        db.OneTimePreKeys.AddRange(Enumerable.Range(0, 19).Select(id => Key(due.Id, id)).Append(Key(due.Id, 100, isUsed: true)));
        await db.SaveChangesAsync(Token);

        Assert.Equal([due.Id], await KeyQueries.FindDueAsync(db, s_now, Guid.Empty, 10, Token));
        Assert.Equal([new LowPool(due.Id, 19)], await KeyQueries.FindLowAsync(db, s_now, Guid.Empty, 10, Token));
        Assert.Empty(await KeyQueries.FindDueAsync(db, s_now, due.Id, 10, Token));
        Assert.Empty(await KeyQueries.FindLowAsync(db, s_now, due.Id, 10, Token));
        Assert.Equal(new PreKeyFigures(3, 0, 0, 19, Empty: 1, Low: 1, Overdue: 2), await PreKeyFigures.CountAsync(db, s_now, Token));
    }

    private static Device Register(Guid userId, int unseenDays) => Device.Register(Guid.CreateVersion7(), userId, "Device", s_now.AddDays(-unseenDays));

    private static OneTimePreKey Key(Guid deviceId, int id, bool isUsed = false) =>
        new() { DeviceId = deviceId, KeyId = id, PublicKey = [], IsUsed = isUsed, CreatedAt = s_now };

    private static UserKeyBundle Bundle(Guid deviceId, int days = 0) => new()
    {
        DeviceId = deviceId,
        IdentityPublicKey = [],
        SignedPreKeyId = 1,
        SignedPreKey = [],
        SignedPreKeySignature = [],
        SignedPreKeyTimestamp = s_now.AddDays(-days),
        KemPreKeyId = 1,
        KemPreKey = [],
        KemPreKeySignature = [],
    };
}
