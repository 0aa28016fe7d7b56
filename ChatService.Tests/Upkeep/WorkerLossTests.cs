using ChatService.Core.Devices;
using ChatService.Core.Keys;
using ChatService.Core.Users;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace ChatService.Tests.Upkeep;

public sealed class WorkerLossTests(AppHostFixture stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_is_killed_in_the_middle_of_a_job_and_another_one_does_it_again()
    {
        await using var database = await UpkeepDatabase.CreateAsync(stack);
        await AddSupersededAsync(database);
        var redis = await stack.ConnectionStringAsync("redis");

        // Nobody can delete while this transaction is open: the first worker stands in the middle of its job.
        await using var blocker = new NpgsqlConnection(database.ConnectionString);
        await blocker.OpenAsync(Token);
        await using var transaction = await blocker.BeginTransactionAsync(Token);
        await using (var hold = new NpgsqlCommand("LOCK TABLE superseded_pre_keys IN SHARE MODE", blocker, transaction))
        {
            await hold.ExecuteNonQueryAsync(Token);
        }

        await using var first = WorkerProcess.Start(database.ConnectionString, redis);
        await Patience.UntilAsync(async () => await WaitingAsync(database) is not null, "the first worker deletes");
        await using var second = WorkerProcess.Start(database.ConnectionString, redis);
        await second.ReportsAsync("superseded-prekeys: has not run yet");

        await first.KillAsync();
        await database.ExecuteAsync($"SELECT pg_terminate_backend({await WaitingAsync(database)})");
        await transaction.RollbackAsync(Token);

        await second.ReportsAsync("superseded-prekeys: succeeded");
        Assert.Equal(0, await database.Chat.SupersededPreKeys.CountAsync(Token));
        // What the first one had finished was not done again.
        await second.ReportsAsync("unseen-devices: succeeded");
        Assert.Equal(1, await database.ReadAsync<long>("SELECT run_count FROM qrtz_job_status WHERE job_name = 'unseen-devices'"));
    }

    [Fact]
    public async Task A_job_that_fails_degrades_the_worker_and_leaves_the_others_running()
    {
        await using var database = await UpkeepDatabase.CreateAsync(stack);
        await database.ExecuteAsync("ALTER TABLE one_time_pre_key_allowances RENAME TO hidden");
        await using var worker = WorkerProcess.Start(database.ConnectionString, await stack.ConnectionStringAsync("redis"));

        await worker.ReportsAsync("spent-limits: failed");
        await worker.ReportsAsync("expired-authorizations: succeeded");

        Assert.Equal("Degraded: upkeep", (await worker.HealthAsync())[0]);
    }

    private static async Task<int?> WaitingAsync(UpkeepDatabase database) => await database.ReadAsync<int?>(
        "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'DELETE FROM superseded_pre_keys%'");

    private static async Task AddSupersededAsync(UpkeepDatabase database)
    {
        var now = DateTime.UtcNow;
        var user = ChatUser.Create("subject", "someone", "Some One", now);
        var device = Device.Register(Guid.CreateVersion7(), user.Id, "Device", now);
        database.Chat.Users.Add(user);
        database.Chat.Devices.Add(device);
        database.Chat.SupersededPreKeys.Add(new SupersededPreKey { DeviceId = device.Id, IsKem = false, KeyId = 1, SupersededAt = now.AddDays(-31) });
        await database.Chat.SaveChangesAsync(Token);
    }
}
