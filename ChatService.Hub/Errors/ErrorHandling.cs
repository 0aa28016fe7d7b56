namespace ChatService.Hub.Errors;

public static class ErrorHandling
{
    public static WebApplicationBuilder AddErrorHandling(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<ChatExceptionHandler>();
        // Binding failures become a status without a body (also in Development), which UseErrorHandling fills in.
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
        return builder;
    }

    /// <summary>First in the pipeline: gives every refusal without a body (routing, binding, authorization) its ProblemDetails.</summary>
    public static WebApplication UseErrorHandling(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages(pages =>
        {
            var status = pages.HttpContext.Response.StatusCode;
            return new ErrorResult(ErrorStatus.From(status), status).ExecuteAsync(pages.HttpContext);
        });
        return app;
    }
}
