using ChatService.Core.Storage;
using ChatService.Tests.AppHost;
using ChatService.Worker.Keys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace ChatService.Tests.Upkeep;

/// <summary>The worker's jobs on the stack's own database and Redis, run when the test says so.</summary>
internal sealed class WorkerJobs : IAsyncDisposable
{
    private readonly IConnectionMultiplexer _redis;
    private readonly ChatDbContext _db;

    private WorkerJobs(IConnectionMultiplexer redis, ChatDbContext db)
    {
        (_redis, _db) = (redis, db);
        var hubs = new HubNotices(redis, NullLogger<HubNotices>.Instance);
        (Requests, Retirements) = (new KeyRequests(db, hubs), new DeviceRetirements(db, hubs));
    }

    public KeyRequests Requests { get; }

    public DeviceRetirements Retirements { get; }

    public static async Task<WorkerJobs> CreateAsync(AppHostFixture stack)
    {
        var options = new DbContextOptionsBuilder<ChatDbContext>().UseNpgsql(await stack.ConnectionStringAsync("chatdb"), npgsql => npgsql.EnableRetryOnFailure());
        ChatDbContextOptions.Configure(options);
        return new WorkerJobs(await ConnectionMultiplexer.ConnectAsync(await stack.ConnectionStringAsync("redis")), new ChatDbContext(options.Options));
    }

    /// <summary>As if the device's signed prekey had been made so many days ago.</summary>
    public Task AgeKeysAsync(Guid deviceId, int days) => _db.KeyBundles.Where(bundle => bundle.DeviceId == deviceId).ExecuteUpdateAsync(
        set => set.SetProperty(bundle => bundle.SignedPreKeyTimestamp, DateTime.UtcNow.AddDays(-days)), TestContext.Current.CancellationToken);

    /// <summary>As if the device had been away for so many days.</summary>
    public Task ForgetAsync(Guid deviceId, int days) => _db.Devices.Where(device => device.Id == deviceId).ExecuteUpdateAsync(
        set => set.SetProperty(device => device.LastSeenAt, DateTime.UtcNow.AddDays(-days)), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _db.DisposeAsync();
        await _redis.DisposeAsync();
    }
}
