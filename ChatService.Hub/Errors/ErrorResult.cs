using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using ChatService.Contracts;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;

namespace ChatService.Hub.Errors;

/// <summary>A refusal as ProblemDetails (RFC 9457), whatever the caller says it accepts.</summary>
public sealed class ErrorResult(ChatError error, int? status = null) : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    private const string ContentType = "application/problem+json";

    public ChatError Error { get; } = error;

    public int? StatusCode { get; } = status ?? ErrorStatus.Of(error);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = StatusCode!.Value;
        if (Error.RetryAfterMs is { } milliseconds)
        {
            httpContext.Response.Headers.RetryAfter =
                ((milliseconds + 999) / 1000).ToString(CultureInfo.InvariantCulture);
        }

        return httpContext.Response.WriteAsJsonAsync(
            Details(httpContext), options: null, ContentType, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Metadata.Add(new ProducesResponseTypeMetadata(
            StatusCodes.Status400BadRequest, typeof(ProblemDetails), [ContentType]));
    }

    private ProblemDetails Details(HttpContext httpContext)
    {
        var details = new ProblemDetails
        {
            Status = StatusCode,
            Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(StatusCode!.Value),
            Detail = Error.Message,
        };
        details.Extensions["code"] = Error.Code;
        details.Extensions["traceId"] = Activity.Current?.Id ?? httpContext.TraceIdentifier;
        AddUnlessNull(details, "retryAfterMs", Error.RetryAfterMs);
        AddUnlessNull(details, "missingDevices", Error.MissingDevices);
        AddUnlessNull(details, "surplusDevices", Error.SurplusDevices);
        return details;
    }

    private static void AddUnlessNull(ProblemDetails details, string name, object? value)
    {
        if (value is not null)
        {
            details.Extensions[name] = value;
        }
    }
}
