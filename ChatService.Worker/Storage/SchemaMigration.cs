using System.Data.Common;
using ChatService.Core.Accounts;
using ChatService.Core.Storage;
using ChatService.Worker.Assistant;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace ChatService.Worker.Storage;

/// <summary>
/// Migrates at start, under EF Core's own lock, so that several workers may start at once. Waits for a database that is
/// not there yet; any other failure ends the process.
/// </summary>
internal sealed partial class SchemaMigration(
    IServiceScopeFactory scopes, SchemaState schema, TimeProvider time, ILogger<SchemaMigration> logger) : BackgroundService
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await MigrateAsync<ChatDbContext>(stoppingToken);
                await MigrateAsync<AccountsDbContext>(stoppingToken);
                await MigrateAsync<AssistantDbContext>(stoppingToken);
                schema.Migrated();
                LogMigrated(logger);
                return;
            }
            catch (Exception exception) when (exception is DbException { IsTransient: true } or RetryLimitExceededException)
            {
                LogWaiting(logger, exception.GetBaseException().Message);
                await Task.Delay(s_retryAfter, time, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(logger, exception);
                Environment.ExitCode = 1;
                throw;
            }
        }
    }

    private async Task MigrateAsync<TContext>(CancellationToken cancellationToken)
        where TContext : DbContext
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TContext>().Database.MigrateAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "The schema is current.")]
    private static partial void LogMigrated(ILogger logger);

    [LoggerMessage(LogLevel.Warning, "The database does not answer yet: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Critical, "The schema could not be migrated.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
