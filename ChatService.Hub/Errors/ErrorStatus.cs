using ChatService.Contracts;

namespace ChatService.Hub.Errors;

/// <summary>Which HTTP status goes with which code, and back for refusals that the framework makes.</summary>
internal static class ErrorStatus
{
    public static int Of(ChatError error) => error.Code switch
    {
        ErrorCodes.InvalidArgument or ErrorCodes.InvalidEnvelope => StatusCodes.Status400BadRequest,
        ErrorCodes.Unauthorized => StatusCodes.Status401Unauthorized,
        ErrorCodes.Forbidden => StatusCodes.Status403Forbidden,
        ErrorCodes.NotFound or ErrorCodes.DeviceUnknown or ErrorCodes.DeviceRetired => StatusCodes.Status404NotFound,
        ErrorCodes.Conflict or ErrorCodes.DeviceListStale or ErrorCodes.LimitReached => StatusCodes.Status409Conflict,
        ErrorCodes.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.InvalidSignature => StatusCodes.Status422UnprocessableEntity,
        ErrorCodes.RateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCodes.Unavailable or ErrorCodes.AssistantUnavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static ChatError From(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => new(ErrorCodes.Unauthorized, "Sign in first: the request has no valid access token."),
        StatusCodes.Status403Forbidden => new(ErrorCodes.Forbidden, "You may not do this."),
        StatusCodes.Status404NotFound => new(ErrorCodes.NotFound, "There is nothing here."),
        StatusCodes.Status405MethodNotAllowed => new(ErrorCodes.InvalidArgument, "This address does not take that HTTP method."),
        StatusCodes.Status413PayloadTooLarge => new(ErrorCodes.TooLarge, "The request is larger than this address takes."),
        StatusCodes.Status415UnsupportedMediaType => new(ErrorCodes.InvalidArgument, "Send the request as application/json."),
        StatusCodes.Status429TooManyRequests => new(ErrorCodes.RateLimited, "Too many requests: try again later."),
        StatusCodes.Status503ServiceUnavailable => new(ErrorCodes.Unavailable, "The service cannot answer right now: try again in a moment.") { RetryAfterMs = 1000 },
        >= StatusCodes.Status500InternalServerError => new(ErrorCodes.Internal, "Something failed on the server; the trace id finds it in the log."),
        _ => new(ErrorCodes.InvalidArgument, "The request is malformed: check the address, the query and the body against the API description."),
    };
}
