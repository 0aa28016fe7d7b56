using OpenIddict.Abstractions;

namespace ChatService.Hub.Accounts;

/// <summary>Deletes what the authority no longer needs. Several hubs doing it at once only do it sooner.</summary>
internal sealed partial class ExpiredTokens(
    IServiceScopeFactory scopes, TimeProvider time, ILogger<ExpiredTokens> logger) : BackgroundService
{
    private static readonly TimeSpan s_every = TimeSpan.FromHours(1);

    /// <summary>Used refresh tokens stay this long, so that using one again is still recognised as theft.</summary>
    private static readonly TimeSpan s_keptFor = TimeSpan.FromDays(14);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var before = time.GetUtcNow() - s_keptFor;
                await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, stoppingToken);
                await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(logger, exception);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Expired tokens could not be deleted; the next hour's run will do it")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
