using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ChatService.Worker.Assistant;

/// <summary>For <c>dotnet ef migrations add</c>, which needs a model but no database.</summary>
public sealed class AssistantDbContextFactory : IDesignTimeDbContextFactory<AssistantDbContext>
{
    public AssistantDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AssistantDbContext>();
        options.UseNpgsql("Host=design-time");
        AssistantDbContext.Configure(options);
        return new AssistantDbContext(options.Options);
    }
}
