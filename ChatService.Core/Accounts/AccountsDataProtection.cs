using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Core.Accounts;

public static class AccountsDataProtection
{
    /// <summary>One ring of data protection keys, in PostgreSQL, for every process of the system.</summary>
    public static IDataProtectionBuilder AddAccountsDataProtection(this IServiceCollection services) =>
        services.AddDataProtection()
            .SetApplicationName("ChatService")
            .PersistKeysToDbContext<AccountsDbContext>();
}
