using System.Data.Common;
using ChatService.Contracts;
using ChatService.Core.Errors;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace ChatService.Hub.Errors;

/// <summary>Turns whatever a handler throws into a refusal that names no internals.</summary>
internal sealed partial class ChatExceptionHandler(ILogger<ChatExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
        {
            httpContext.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return true;
        }

        await Translate(exception).ExecuteAsync(httpContext);
        return true;
    }

    private ErrorResult Translate(Exception exception)
    {
        switch (exception)
        {
            case ChatException chat:
                return chat.Error.ToResult();
            case BadHttpRequestException bad:
                return new ErrorResult(ErrorStatus.From(bad.StatusCode), bad.StatusCode);
            case InvalidDataException:
                // A form that is none, or has too many fields.
                return ErrorStatus.From(StatusCodes.Status400BadRequest).ToResult();
            case DbException { IsTransient: true } or RetryLimitExceededException or TimeoutException:
                LogUnavailable(logger, exception);
                return ErrorStatus.From(StatusCodes.Status503ServiceUnavailable).ToResult();
            default:
                LogUnhandled(logger, exception);
                return ErrorStatus.From(StatusCodes.Status500InternalServerError).ToResult();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database did not answer a request")]
    private static partial void LogUnavailable(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request failed")]
    private static partial void LogUnhandled(ILogger logger, Exception exception);
}
