using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ChatService.Core.Accounts;

public static class AccountsDataProtection
{
    /// <summary>One ring of data protection keys, in PostgreSQL, for every process of the system; sealed with a key that is not there.</summary>
    public static IDataProtectionBuilder AddAccountsDataProtection(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<SealingOptions>()
            .Bind(configuration.GetSection(SealingOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<KeyRingSealing>();
        services.AddSingleton<ServerKeys>();
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(options => options.XmlEncryptor = provider.GetRequiredService<KeyRingSealing>()));
        return services.AddDataProtection()
            .SetApplicationName("ChatService")
            .PersistKeysToDbContext<AccountsDbContext>();
    }
}
