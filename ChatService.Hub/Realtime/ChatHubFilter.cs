using ChatService.Contracts;
using ChatService.Core.Errors;
using Microsoft.AspNetCore.SignalR;

namespace ChatService.Hub.Realtime;

/// <summary>Whatever goes wrong leaves as a HubException with a <see cref="ChatError"/>, never as a stack trace.</summary>
public sealed partial class ChatHubFilter(ILogger<ChatHubFilter> logger) : IHubFilter
{
    public async ValueTask<object?> InvokeMethodAsync(
        HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception exception) when (exception is not HubException)
        {
            throw Translate(exception, invocationContext.HubMethodName);
        }
    }

    public async Task OnConnectedAsync(HubLifetimeContext context, Func<HubLifetimeContext, Task> next)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (exception is not HubException)
        {
            throw Translate(exception, nameof(OnConnectedAsync));
        }
    }

    public async Task OnDisconnectedAsync(
        HubLifetimeContext context, Exception? exception, Func<HubLifetimeContext, Exception?, Task> next)
    {
        try
        {
            await next(context, exception);
        }
        catch (Exception failure)
        {
            Failed(logger, failure, nameof(OnDisconnectedAsync));
        }
    }

    /// <summary>Also for streams, whose failures come after the call has returned.</summary>
    internal HubException Translate(Exception exception, string method)
    {
        if (exception is ChatException refusal)
        {
            return new HubException(refusal.Error.ToJson());
        }

        if (exception is Npgsql.NpgsqlException or TimeoutException)
        {
            DatabaseAway(logger, method, exception.Message);
            return new HubException(
                new ChatError(ErrorCodes.Unavailable, "The server cannot reach its database: try again shortly.") { RetryAfterMs = 1000 }.ToJson());
        }

        if (exception is OperationCanceledException)
        {
            return new HubException(new ChatError(ErrorCodes.Unavailable, "The call was cut off: try again.") { RetryAfterMs = 200 }.ToJson());
        }

        Failed(logger, exception, method);
        return new HubException(new ChatError(ErrorCodes.Internal, "Something went wrong on the server.").ToJson());
    }

    [LoggerMessage(LogLevel.Error, "{Method} failed.")]
    private static partial void Failed(ILogger logger, Exception exception, string method);

    [LoggerMessage(LogLevel.Warning, "{Method} could not reach the database: {Reason}")]
    private static partial void DatabaseAway(ILogger logger, string method, string reason);
}
