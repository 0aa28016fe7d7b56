using ChatService.Client;
using ChatService.Client.SignIn;
using ChatService.Client.Storage;
using ChatService.Contracts;
using ChatService.Worker.Storage;
using Microsoft.Extensions.Options;

namespace ChatService.Worker.Assistant;

/// <summary>Is the assistant whenever nobody else is, for as long as the worker runs.</summary>
internal sealed partial class AssistantService(
    AssistantDatabase database,
    AssistantSession session,
    IServiceScopeFactory scopes,
    SchemaState schema,
    IConfiguration configuration,
    IOptions<AssistantOptions> options,
    TimeProvider time,
    ILogger<AssistantService> logger) : BackgroundService
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longPause = TimeSpan.FromSeconds(30);

    private string? _lastProblem;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (string.IsNullOrEmpty(options.Value.SealingKey))
        {
            LogNoKey(logger);
            return;
        }

        await schema.WhenCurrentAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = s_pause;
            try
            {
                await using var lease = await AssistantLease.AcquireAsync(database, time, stoppingToken);
                await RunAsync(lease, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                pause = exception is AssistantConfigurationException or ChatStoreException { Error: ChatStoreError.WrongKey } ? s_longPause : s_pause;
                Report(exception);
            }

            await Task.Delay(pause, time, stoppingToken);
        }
    }

    private async Task RunAsync(AssistantLease lease, CancellationToken stoppingToken)
    {
        var settings = ModelSettings.Parse(configuration.GetConnectionString(ModelSettings.ConnectionName), out var problem);
        var model = settings is null ? null : new Model(settings, options, time);
        ClientCredentials credentials;
        await using (var scope = scopes.CreateAsyncScope())
        {
            credentials = await scope.ServiceProvider.GetRequiredService<AssistantAccount>().EnsureAsync(DisplayName(settings), stoppingToken);
        }

        await session.RunAsync(lease, credentials, model, problem, () => Begun(settings), stoppingToken);
    }

    private static string DisplayName(ModelSettings? settings)
    {
        var name = settings?.Provider ?? "a model that is not set yet";
        return name.Length <= Limits.NameLength ? name : name[..Limits.NameLength];
    }

    private void Begun(ModelSettings? settings)
    {
        _lastProblem = null;
        LogBegun(logger, settings?.Provider ?? "no model");
    }

    /// <summary>The same problem is reported once, however long it lasts.</summary>
    private void Report(Exception exception)
    {
        var problem = exception is ChatException or ChatStoreException or AssistantConfigurationException ? exception.Message : exception.GetType().Name;
        if (problem == _lastProblem)
        {
            return;
        }

        _lastProblem = problem;
        if (exception is ChatException { Code: ClientErrorCodes.Unreachable or ErrorCodes.Unavailable })
        {
            LogWaiting(logger, problem);
        }
        else if (exception is ChatException or ChatStoreException or AssistantConfigurationException or Npgsql.NpgsqlException)
        {
            LogEnded(logger, problem);
        }
        else
        {
            LogFailed(logger, exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "There is no assistant: Assistant:SealingKey is not set.")]
    private static partial void LogNoKey(ILogger logger);

    [LoggerMessage(LogLevel.Information, "The assistant is here, with {Provider}.")]
    private static partial void LogBegun(ILogger logger, string provider);

    [LoggerMessage(LogLevel.Information, "The assistant waits for the hubs: {Reason}")]
    private static partial void LogWaiting(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "The assistant is away, and tries again: {Reason}")]
    private static partial void LogEnded(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Error, "The assistant failed, and tries again.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
