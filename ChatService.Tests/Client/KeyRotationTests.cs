using ChatService.Client.Devices;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Keys;
using ChatService.Contracts;
using ChatService.Tests.Encryption;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatService.Tests.Client;

public sealed class KeyRotationTests
{
    private static readonly Guid Conversation = Guid.CreateVersion7();
    private static readonly TimeSpan Step = TimeSpan.FromHours(7.5);
    private readonly SteppedTime _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_runs_for_months_rotates_weekly_and_opens_what_was_begun_with_the_old_keys_for_thirty_days()
    {
        var bob = await TestDevice.CreateAsync(time: _time);
        using var server = Server(bob);
        using var upkeep = new KeyUpkeep(bob.Store, server.CreateApi(), bob.Keys, bob.DeviceId, _time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = upkeep.RunAsync(NullLogger.Instance, stop.Token);
        List<(TestEnvelope Sent, DateTimeOffset SupersededAt)> begun = [];
        await _time.WaitBeginsAsync(Ct);

        for (var end = _time.GetUtcNow().AddDays(80); _time.GetUtcNow() < end;)
        {
            var (alice, uploads) = (await TestDevice.CreateAsync(), server.Replaced.Count);
            var beforeStep = await alice.SealAsync(Conversation, "begun", [bob]);
            _time.Advance(Step);
            // It waits again when it has looked.
            await _time.WaitBeginsAsync(Ct);
            if (server.Replaced.Count > uploads)
            {
                begun.Add((beforeStep, _time.GetUtcNow()));
                bob.Published = await PublicAsync(bob);
            }
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        // A week and up to one look more.
        Assert.InRange(server.Replaced.Count, 80 * 24 / (int)(7 * 24 + Step.TotalHours), 80 / 7);
        Assert.Equal(server.Replaced.Count, server.Replaced.Select(request => (request.SignedPreKey.Id, request.KemPreKey.Id)).Distinct().Count());
        var kept = begun.Where(one => _time.GetUtcNow() - one.SupersededAt <= DeviceKeys.RetentionPeriod).ToList();
        Assert.InRange(kept.Count, 3, 5);
        Assert.Equal(kept.Count + 1, bob.Store.Tables[StoreTables.SignedPreKeys].Count);
        Assert.Equal(kept.Count + 1, bob.Store.Tables[StoreTables.KemPreKeys].Count);
        foreach (var (sent, supersededAt) in begun)
        {
            if (_time.GetUtcNow() - supersededAt <= DeviceKeys.RetentionPeriod)
                Assert.Equal("begun", await bob.OpenAsync(sent));
            else
                Assert.Equal(EncryptionError.UnknownPreKey, await bob.RefusalAsync(sent));
        }
    }

    [Fact]
    public async Task The_server_asks_twice_and_gets_one_new_key()
    {
        var bob = await TestDevice.CreateAsync(time: _time);
        using var server = Server(bob);
        using var upkeep = new KeyUpkeep(bob.Store, server.CreateApi(), bob.Keys, bob.DeviceId, _time);
        _time.Advance(TimeSpan.FromDays(3));

        await upkeep.RotateAsync(Ct);
        await upkeep.RotateAsync(Ct);

        Assert.Single(server.Replaced);
        Assert.NotEqual(bob.Published.SignedPreKey.Id, server.Replaced[0].SignedPreKey.Id);
        // Much later it has its reasons, such as a clock that is right.
        _time.Advance(TimeSpan.FromHours(2));
        await upkeep.RotateAsync(Ct);
        Assert.Equal(2, server.Replaced.Count);
    }

    [Fact]
    public async Task An_upload_that_was_lost_is_repeated_and_nothing_is_made_anew()
    {
        var bob = await TestDevice.CreateAsync(time: _time);
        using var server = Server(bob);
        using var upkeep = new KeyUpkeep(bob.Store, server.CreateApi(), bob.Keys, bob.DeviceId, _time);
        _time.Advance(DeviceKeys.RotationPeriod);
        server.IsAway = true;
        await Assert.ThrowsAnyAsync<Exception>(() => upkeep.CheckAsync(Ct));
        var made = await PublicAsync(bob);
        server.IsAway = false;

        await upkeep.RotateAsync(Ct);
        await upkeep.CheckAsync(Ct);

        Assert.Equal(made.SignedPreKey.Id, Assert.Single(server.Replaced).SignedPreKey.Id);
        Assert.Equal(made.CheckDigest(), server.Digest);
    }

    [Fact]
    public async Task A_pool_that_runs_dry_is_filled_after_a_random_pause()
    {
        var bob = await TestDevice.CreateAsync(time: _time);
        using var server = Server(bob);
        server.OneTimePreKeys = 19;
        using var upkeep = new KeyUpkeep(bob.Store, server.CreateApi(), bob.Keys, bob.DeviceId, _time);

        var topUp = upkeep.TopUpAsync(Ct);
        Assert.InRange(await _time.WaitBeginsAsync(Ct), TimeSpan.Zero, TimeSpan.FromSeconds(30));
        Assert.Empty(server.Added);
        _time.Advance(TimeSpan.FromSeconds(30));
        await topUp;

        Assert.Equal([Limits.OneTimePreKeysPerDevice - 19], server.Added);
        await upkeep.CheckAsync(Ct);
        Assert.Single(server.Added);
    }

    [Theory, InlineData(0.5), InlineData(31)]
    public void Rotation_is_daily_at_most_and_monthly_at_least(double days) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ChatService.Client.ChatClientOptions { RotatePreKeysEvery = TimeSpan.FromDays(days) });

    private static KeyServer Server(TestDevice device) => new(device.Published.CheckDigest()) { Keys = () => PublicAsync(device) };

    private static async Task<PublicDeviceKeys> PublicAsync(TestDevice device)
    {
        await using var transaction = await device.Store.BeginAsync(Ct);
        return await DeviceKeys.GetPublicKeysAsync(transaction, Ct);
    }
}
