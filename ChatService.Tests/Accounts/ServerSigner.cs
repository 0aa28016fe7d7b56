using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ChatService.Core.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Tests.Accounts;

/// <summary>Makes tokens with the server's own key: everything is right about them but what a test makes wrong.</summary>
internal sealed class ServerSigner(ECDsa key, string keyId)
{
    public static async Task<ServerSigner> CreateAsync(string database)
    {
        var services = new ServiceCollection().AddLogging();
        services.AddDbContext<AccountsDbContext>(options =>
        {
            options.UseNpgsql(database);
            AccountsDbContextOptions.Configure(options);
        });
        services.AddAccountsDataProtection(DevelopmentSettings.Configuration);
        services.AddSingleton(TimeProvider.System);
        await using var provider = services.BuildServiceProvider();
        await using var scope = provider.CreateAsyncScope();
        var keys = provider.GetRequiredService<ServerKeys>();
        var stored = (await keys.EnsureAsync(scope.ServiceProvider.GetRequiredService<AccountsDbContext>(), TestContext.Current.CancellationToken))
            .First(stored => stored.Use == ServerKeyUse.Signing);
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(keys.Unseal(stored), out _);
        return new ServerSigner(key, stored.Id);
    }

    public static ServerSigner Foreign(string keyId) => new(ECDsa.Create(ECCurve.NamedCurves.nistP256), keyId);

    public string KeyId => keyId;

    public string Sign(string issuer, string subject, string audience = "chatservice", int expiresInSeconds = 300, string type = "at+jwt", string algorithm = "ES256")
    {
        var expires = DateTimeOffset.UtcNow.AddSeconds(expiresInSeconds).ToUnixTimeSeconds();
        var head = Part(new { alg = algorithm, typ = type, kid = keyId });
        var body = Part(new { iss = issuer, sub = subject, aud = audience, exp = expires, iat = expires - 600, nbf = expires - 600 });
        var signature = algorithm == "none" ? [] : key.SignData(Encoding.ASCII.GetBytes($"{head}.{body}"), HashAlgorithmName.SHA256);
        return $"{head}.{body}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
