using System.Reflection;

namespace ChatService.Hub.Accounts;

/// <summary>The signed-in user as a handler's parameter. Resolved once per request.</summary>
public readonly record struct CurrentUser(Guid Id)
{
    private static readonly object s_key = new();

    public static async ValueTask<CurrentUser> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Items[s_key] is CurrentUser known)
        {
            return known;
        }

        var resolver = context.RequestServices.GetRequiredService<ChatUserResolver>();
        var user = new CurrentUser(await resolver.ResolveAsync(context.User, context.RequestAborted));
        context.Items[s_key] = user;
        return user;
    }
}
