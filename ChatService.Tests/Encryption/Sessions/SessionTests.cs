using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Encryption.Sessions;

namespace ChatService.Tests.Encryption.Sessions;

public sealed class SessionTests
{
    private static readonly Guid Conversation = Guid.CreateVersion7();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_one_time_prekey_is_deleted_by_the_first_message_and_not_by_one_that_fails()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(oneTimePreKeys: 1);
        var sent = await alice.SealAsync(Conversation, "hello", [bob]);
        await bob.RefusalAsync(sent.With(envelope => envelope.AuthTag[0] ^= 1));
        Assert.Single(bob.Store.Tables[StoreTables.OneTimePreKeys]);
        await bob.OpenAsync(sent);
        Assert.Empty(bob.Store.Tables[StoreTables.OneTimePreKeys]);
    }

    [Fact]
    public async Task The_prekey_header_goes_along_until_there_is_an_answer()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync();
        TestEnvelope first = await alice.SealAsync(Conversation, "1", [bob]), second = await alice.SealAsync(Conversation, "2", [bob]);
        Assert.Equal(first.Sealed.EncryptedContent.Length, second.Sealed.EncryptedContent.Length);
        Assert.Equal("2", await bob.OpenAsync(second));
        await alice.OpenAsync(await bob.SealAsync(Conversation, "answer", [alice]));
        var third = await alice.SealAsync(Conversation, "3", [bob]);
        Assert.Equal(PreKeyHeader.Size, first.Sealed.EncryptedContent.Length - third.Sealed.EncryptedContent.Length);
        Assert.Equal("3", await bob.OpenAsync(third));
        Assert.Equal("1", await bob.OpenAsync(first));
    }

    [Fact]
    public async Task Both_may_start_at_once_and_they_settle()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync();
        TestEnvelope fromAlice = await alice.SealAsync(Conversation, "a", [bob]), fromBob = await bob.SealAsync(Conversation, "b", [alice]);
        Assert.Equal("a", await bob.OpenAsync(fromAlice));
        Assert.Equal("b", await alice.OpenAsync(fromBob));
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal("from alice", await bob.OpenAsync(await alice.SealAsync(Conversation, "from alice", [bob])));
            Assert.Equal("from bob", await alice.OpenAsync(await bob.SealAsync(Conversation, "from bob", [alice])));
        }
    }

    [Fact]
    public async Task At_most_five_sessions_are_kept_with_a_device()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(oneTimePreKeys: 7);
        List<TestEnvelope> overtaken = [];
        for (var i = 0; i < 7; i++)
        {
            overtaken.Add(await alice.SealAsync(Conversation, "overtaken", [bob]));
            await bob.OpenAsync(await alice.SealAsync(Conversation, "starts", [bob]));
            await ForgetSessionsAsync(alice, bob);
        }

        await using (var transaction = await bob.Store.BeginAsync(Ct))
            Assert.Equal(SessionSet.Limit, (await new SessionStore(transaction).LoadAsync(alice.DeviceId, Ct)).Sessions.Count);
        Assert.Equal(SessionSet.Limit, bob.Store.Tables[StoreTables.SkippedKeys].Count);
        Assert.Equal(EncryptionError.ReplayedSession, await bob.RefusalAsync(overtaken[1]));
        foreach (var envelope in overtaken[2..])
            Assert.Equal("overtaken", await bob.OpenAsync(envelope));
        Assert.Empty(bob.Store.Tables[StoreTables.SkippedKeys]);
    }

    [Fact]
    public async Task A_thousand_missing_messages_are_bridged_and_one_more_is_refused()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync();
        var first = await alice.SealAsync(Conversation, "0", [bob]);
        for (var i = 1; i < DoubleRatchet.MaxSkip; i++)
            await alice.SealAsync(Conversation, "missing", [bob]);
        TestEnvelope reachable = await alice.SealAsync(Conversation, "1000", [bob]), tooFar = await alice.SealAsync(Conversation, "1001", [bob]);
        Assert.Equal(EncryptionError.TooManySkipped, await bob.RefusalAsync(tooFar));
        Assert.Equal("1000", await bob.OpenAsync(reachable));
        Assert.Equal("1001", await bob.OpenAsync(tooFar));
        Assert.Equal("0", await bob.OpenAsync(first));
        Assert.Equal(EncryptionError.Duplicate, await bob.RefusalAsync(first));
    }

    [Fact]
    public async Task Two_thousand_skipped_keys_are_kept()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync();
        List<TestEnvelope> sent = [];
        for (var i = 0; i < 2003; i++)
            sent.Add(await alice.SealAsync(Conversation, $"{i}", [bob]));
        await bob.OpenAsync(sent[1000]);
        await bob.OpenAsync(sent[2001]);

        // 0 to 999 and 1001 to 2000 were skipped: exactly the limit, so that 0 is still there.
        Assert.Equal("0", await bob.OpenAsync(sent[0]));
    }

    [Fact]
    public void Skipped_keys_beyond_the_limit_are_dropped_oldest_first()
    {
        var keys = SkippedKeys.Empty();
        for (uint i = 0; i <= SkippedKeys.Limit; i++)
            keys.Add(new byte[32], i, new byte[32]);
        keys.Trim();
        Assert.Equal(SkippedKeys.Limit, keys.Count);
        Assert.Null(keys.Find(new byte[32], 0));
        Assert.NotNull(keys.Find(new byte[32], 1));
        using var written = keys.Write();
        Assert.NotNull(SkippedKeys.Read(written.Written.ToArray()).Find(new byte[32], SkippedKeys.Limit));
    }

    [Fact]
    public async Task A_session_that_is_gone_is_named()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync();
        await bob.OpenAsync(await alice.SealAsync(Conversation, "hello", [bob]));
        await alice.OpenAsync(await bob.SealAsync(Conversation, "answer", [alice]));
        await ForgetSessionsAsync(bob, alice);
        Assert.Equal(EncryptionError.NoSession, await bob.RefusalAsync(await alice.SealAsync(Conversation, "lost", [bob])));
    }

    [Fact]
    public async Task Devices_without_a_bundle_are_named()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), carol = await TestDevice.CreateAsync();
        await using var transaction = await alice.Store.BeginAsync(Ct);
        var e = await Assert.ThrowsAsync<EncryptionException>(async () => await alice.Sealer.SealAsync(
            transaction, Conversation, Guid.CreateVersion7(), "hello"u8.ToArray(), [bob.AsRecipient, carol.AsRecipient], [bob.Bundle()], Ct));
        Assert.Equal(EncryptionError.NoSession, e.Error);
        Assert.Equal([carol.DeviceId], e.DeviceIds);
    }

    [Fact]
    public async Task A_damaged_state_is_refused_and_shows_nothing()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync();
        await alice.SealAsync(Conversation, "hello", [bob]);
        await using var transaction = await alice.Store.BeginAsync(Ct);
        var state = (await transaction.GetAsync(StoreTables.Sessions, bob.DeviceId.ToString("N"), Ct))!;
        for (var length = 0; length < state.Length; length++)
            Assert.Equal(EncryptionError.CorruptState, Assert.Throws<EncryptionException>(() => SessionSet.Read(state[..length])).Error);
        Assert.Equal(EncryptionError.CorruptState, Assert.Throws<EncryptionException>(() => SessionSet.Read([.. state, 0])).Error);
        Assert.Single(SessionSet.Read(state).Sessions);
    }

    [Fact]
    public async Task An_envelope_can_be_looked_at_without_keys()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), carol = await TestDevice.CreateAsync();
        var sent = await alice.SealAsync(Conversation, "hello", [bob, carol]);
        var envelope = Envelope.Parse(sent.Sealed.EncryptedContent);
        Assert.Equal((alice.DeviceId, sent.MessageId, 2), (envelope.SenderDeviceId, envelope.MessageId, envelope.WrapCount));
        Assert.Equal([bob.DeviceId, carol.DeviceId], envelope.RecipientDeviceIds());
    }

    private static async Task ForgetSessionsAsync(TestDevice device, TestDevice peer)
    {
        await using var transaction = await device.Store.BeginAsync(Ct);
        await new SessionStore(transaction).DeleteAllAsync(peer.DeviceId, Ct);
        await transaction.CommitAsync(Ct);
    }
}
