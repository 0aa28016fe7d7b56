using System.Security.Cryptography;
using ChatService.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatService.Benchmarks.Load.Population;

/// <summary>Access tokens as the hub itself would issue them, signed with its key from the database.</summary>
internal sealed class AccessTokens(SigningCredentials credentials)
{
    private static readonly JsonWebTokenHandler s_handler = new();

    public static async Task<AccessTokens> CreateAsync(string database, string sealingKey, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDbContext<AccountsDbContext>(options =>
        {
            options.UseNpgsql(database);
            AccountsDbContextOptions.Configure(options);
        });
        services.AddAccountsDataProtection(new ConfigurationBuilder().AddInMemoryCollection([new("ServerKeys:SealingKey", sealingKey)]).Build());
        services.AddSingleton(TimeProvider.System);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var keys = provider.GetRequiredService<ServerKeys>();
        var stored = (await keys.EnsureAsync(scope.ServiceProvider.GetRequiredService<AccountsDbContext>(), cancellationToken))
            .First(key => key.Use == ServerKeyUse.Signing);
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(keys.Unseal(stored), out _);
        return new(new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = stored.Id }, SecurityAlgorithms.EcdsaSha256));
    }

    public string For(Member member) => s_handler.CreateToken(new SecurityTokenDescriptor
    {
        TokenType = "at+jwt",
        Issuer = "http://localhost/",
        Audience = "chatservice",
        Expires = DateTime.UtcNow.AddHours(2),
        Claims = new Dictionary<string, object> { ["sub"] = member.Subject },
        SigningCredentials = credentials,
    });
}
