using ChatService.Contracts;
using ChatService.Hub.Errors;
using Microsoft.Extensions.Primitives;

namespace ChatService.Hub.Accounts;

/// <summary>The authority looks its parameters up as they come, and PostgreSQL has no text with a NUL in it: nobody is called that.</summary>
internal static class CleanParameters
{
    public static void UseCleanParameters(this WebApplication app) => app.UseWhen(
        context => context.Request.Path.StartsWithSegments(AuthorityPaths.Prefix, StringComparison.OrdinalIgnoreCase),
        branch => branch.Use(async (context, next) =>
        {
            var request = context.Request;
            if (request.Query.Any(HasNul) || (request.HasFormContentType && !await HasCleanFormAsync(request)))
            {
                await new ChatError(ErrorCodes.InvalidArgument, "The parameters are cut off, or have a character that no text may have.").ToResult().ExecuteAsync(context);
                return;
            }

            await next(context);
        }));

    private static async Task<bool> HasCleanFormAsync(HttpRequest request)
    {
        try
        {
            return !(await request.ReadFormAsync(request.HttpContext.RequestAborted)).Any(HasNul);
        }
        catch (IOException exception) when (exception is not BadHttpRequestException)
        {
            // Parts that end in the middle.
            return false;
        }
    }

    private static bool HasNul(KeyValuePair<string, StringValues> parameter) =>
        parameter.Key.Contains('\0', StringComparison.Ordinal) || parameter.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true);
}
