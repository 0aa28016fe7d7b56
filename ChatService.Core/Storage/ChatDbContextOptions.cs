using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Storage;

/// <summary>What every use of <see cref="ChatDbContext"/> shares, whoever makes it.</summary>
public static class ChatDbContextOptions
{
    public static void Configure(DbContextOptionsBuilder options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.UseSnakeCaseNamingConvention();
    }
}
