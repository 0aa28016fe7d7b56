using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ChatService.Core.Storage;

/// <summary>For <c>dotnet ef migrations add</c>, which needs a model but no database.</summary>
public sealed class ChatDbContextFactory : IDesignTimeDbContextFactory<ChatDbContext>
{
    public ChatDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<ChatDbContext>();
        ChatDbContextOptions.Configure(options);
        options.UseNpgsql("Host=design-time");
        return new ChatDbContext(options.Options);
    }
}
