using ChatService.Core.Devices;
using ChatService.Core.DomainEvents;
using ChatService.Core.Users;
using ChatService.Hub.Realtime;
using Npgsql;
using StackExchange.Redis;

namespace ChatService.Hub.Accounts;

/// <summary>
/// Keeps <see cref="RevokedAccess"/> as the database has it, and ends the connections that it forbids: at once when another
/// process rings, and within the interval when nobody does. The ring says only "look": what was revoked is read.
/// </summary>
public sealed partial class RevocationWatch(
    NpgsqlDataSource dataSource,
    IConnectionMultiplexer redis,
    RevokedAccess revoked,
    LocalConnections connections,
    ChatUserResolver users,
    TimeProvider time,
    ILogger<RevocationWatch> logger) : BackgroundService, IDomainEventHandler<DeviceRemovedDomainEvent>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);
    private static readonly RedisChannel s_channel = RedisChannel.Literal(AccessDoorbell.Channel);

    private readonly SemaphoreSlim _rung = new(0, 1);
    private long _lastId;

    public Task HandleAsync(DeviceRemovedDomainEvent domainEvent, CancellationToken cancellationToken) => RingAsync();

    /// <summary>Makes every hub look.</summary>
    public async Task RingAsync()
    {
        Look();
        try
        {
            await redis.GetSubscriber().PublishAsync(s_channel, RedisValue.EmptyString);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // The others look within the interval.
            NotRung(logger, exception.Message);
        }
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await TryLoadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        _rung.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var isListening = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            isListening = isListening || await TryListenAsync();
            await TryLoadAsync(stoppingToken);
            await _rung.WaitAsync(s_interval, stoppingToken);
        }
    }

    private void Look()
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody is about to look anyway.
        }
    }

    private async Task<bool> TryListenAsync()
    {
        try
        {
            (await redis.GetSubscriber().SubscribeAsync(s_channel)).OnMessage(_ => Look());
            return true;
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            return false;
        }
    }

    private async Task TryLoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await LoadAsync(cancellationToken))
            {
                End();
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            NotRead(logger, exception.Message);
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand("SELECT id, subject, session_id, revoked_at FROM access_revocations WHERE revoked_at > $1");
        command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = time.GetUtcNow().UtcDateTime - AccessRevocation.KeptFor });
        List<(string Subject, string? SessionId, DateTime RevokedAt)> rows = [];
        var newest = 0L;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            newest = Math.Max(newest, reader.GetInt64(0));
            rows.Add((reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetDateTime(3)));
        }

        revoked.Load(rows);
        var isNew = newest != _lastId;
        _lastId = newest;
        foreach (var row in rows.Where(row => isNew && row.SessionId is null))
        {
            users.Forget(row.Subject);
        }

        return isNew;
    }

    private void End()
    {
        foreach (var device in connections.All.Where(device => revoked.Find(device.Session) is not null))
        {
            device.Abort();
        }
    }

    [LoggerMessage(LogLevel.Warning, "Other hubs were not told to look for revoked access: {Reason}")]
    private static partial void NotRung(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "Revoked access could not be read; what is known of it stays in force: {Reason}")]
    private static partial void NotRead(ILogger logger, string reason);
}
