namespace ChatService.Hub.Realtime;

public static class SignalRHubCheckExtensions
{
    public static IHealthChecksBuilder AddSignalRHub<THub>(this IHealthChecksBuilder checks, string name)
        where THub : Microsoft.AspNetCore.SignalR.Hub =>
        checks.AddCheck<SignalRHubCheck<THub>>(name);
}
