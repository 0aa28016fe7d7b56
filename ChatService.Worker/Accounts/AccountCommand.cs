using ChatService.Core.Storage;
using ChatService.Core.Users;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;

namespace ChatService.Worker.Accounts;

/// <summary>
/// What an operator does by hand: <c>accounts disable @handle</c> puts a user out of all hubs at once and keeps them out,
/// <c>accounts enable @handle</c> lets them sign in again.
/// </summary>
internal static class AccountCommand
{
    public static bool IsMeant(string[] args) => args is ["accounts", ..];

    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, string[] args, CancellationToken cancellationToken = default)
    {
        if (args is not ["accounts", "disable" or "enable", var handle, ..] || !Handle.TryNormalize(handle, out var wanted))
        {
            await Console.Error.WriteLineAsync("Usage: accounts disable|enable @handle");
            return 2;
        }

        var options = new DbContextOptionsBuilder<ChatDbContext>();
        ChatDbContextOptions.Configure(options);
        options.UseNpgsql(builder.Configuration.GetConnectionString("chatdb"));
        await using var db = new ChatDbContext(options.Options);
        if (await db.Users.Where(user => user.Handle == wanted).Select(user => (Guid?)user.Id).FirstOrDefaultAsync(cancellationToken) is not { } userId)
        {
            await Console.Error.WriteLineAsync($"There is no user @{wanted}.");
            return 1;
        }

        await db.InTransactionAsync(
            token => args[1] == "disable"
                ? AccountAccess.DisableAsync(db, userId, DateTime.UtcNow, token)
                : AccountAccess.EnableAsync(db, userId, token),
            cancellationToken);
        await Console.Out.WriteLineAsync($"@{wanted} is {args[1]}d.{await RingAsync(builder)}");
        return 0;
    }

    private static async Task<string> RingAsync(WebApplicationBuilder builder)
    {
        try
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(builder.Configuration.GetConnectionString("redis") ?? "");
            await redis.GetSubscriber().PublishAsync(RedisChannel.Literal(AccessDoorbell.Channel), RedisValue.EmptyString);
            return "";
        }
        catch (Exception exception) when (exception is RedisException or ArgumentException)
        {
            return " Redis could not be told: the hubs notice within 15 seconds.";
        }
    }
}
