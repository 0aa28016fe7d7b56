using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace ChatService.Core.Accounts;

/// <summary>For <c>dotnet ef migrations add</c>, which needs a model but no database.</summary>
public sealed class AccountsDbContextFactory : IDesignTimeDbContextFactory<AccountsDbContext>
{
    public AccountsDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<AccountsDbContext>();
        options.UseNpgsql("Host=design-time");
        AccountsDbContextOptions.Configure(options);
        return new AccountsDbContext(options.Options);
    }
}
