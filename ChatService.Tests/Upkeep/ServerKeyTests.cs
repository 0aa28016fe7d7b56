using System.Security.Cryptography;
using System.Text;
using ChatService.Core.Accounts;
using ChatService.Tests.AppHost;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Upkeep;

public sealed class ServerKeyTests(AppHostFixture stack)
{
    private static readonly DateTimeOffset s_start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_rotate_after_ninety_days_are_known_before_they_are_used_and_outlive_every_token()
    {
        await using var database = await UpkeepDatabase.CreateAsync(stack);
        var time = new FakeTimeProvider(s_start);
        await using var process = Process(database, time, NewKey());
        var random = new Random(7);
        List<(string Key, DateTimeOffset Until)> tokens = [];
        Dictionary<string, DateTimeOffset> known = [];

        while (time.GetUtcNow() < s_start.AddDays(900))
        {
            var now = time.GetUtcNow();
            var stored = await EnsureAsync(process);
            Assert.All(tokens.Where(token => token.Until > now), token => Assert.Contains(stored, key => key.Id == token.Key));
            foreach (var use in Enum.GetValues<ServerKeyUse>())
            {
                var ofUse = stored.Where(key => key.Use == use).ToList();
                foreach (var key in ofUse)
                {
                    known.TryAdd(key.Id, now);
                }

                // What the ring does: the youngest active one.
                var used = ofUse.Where(key => key.ActivatesAt <= now).MaxBy(key => key.ActivatesAt)!;
                Assert.True(known[used.Id] == s_start || now - known[used.Id] >= ServerKeys.PublishedAhead);
                tokens.Add((used.Id, now + ServerKeys.Overlap));
            }

            // Any pause at all, also one in which nothing runs for months.
            time.Advance(TimeSpan.FromDays(random.Next(5) switch { 0 => 40, 1 => 0.01, _ => 1 + (random.NextDouble() * 5) }));
        }

        Assert.True(known.Count >= 2 * 7, $"{known.Count} keys in 900 days.");
    }

    [Fact]
    public async Task Nothing_in_the_database_opens_a_key_without_the_sealing_key()
    {
        await using var database = await UpkeepDatabase.CreateAsync(stack);
        var sealingKey = NewKey();
        await using var process = Process(database, TimeProvider.System, sealingKey);
        var stored = await EnsureAsync(process);
        var keys = process.GetRequiredService<ServerKeys>();

        var dump = await DumpAsync(database);

        Assert.Contains("<sealed key=", dump, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", dump, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(sealingKey, dump, StringComparison.Ordinal);
        foreach (var secret in stored.Select(keys.Unseal))
        {
            Assert.DoesNotContain(Convert.ToHexStringLower(secret), dump, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(secret), dump, StringComparison.Ordinal);
        }

        await using var thief = Process(database, TimeProvider.System, NewKey());
        Assert.ThrowsAny<CryptographicException>(() => thief.GetRequiredService<ServerKeys>().Unseal(stored[0]));
    }

    [Fact]
    public async Task A_ring_that_lay_in_the_clear_is_sealed_and_opens_as_before()
    {
        await using var database = await UpkeepDatabase.CreateAsync(stack);
        byte[] protectedBefore;
        await using (var old = Unsealed(database))
        {
            protectedBefore = Protector(old).Protect([1, 2, 3]);
        }

        Assert.Contains("masterKey", await DumpAsync(database), StringComparison.OrdinalIgnoreCase);
        var sealingKey = NewKey();
        await using (var first = Process(database, TimeProvider.System, sealingKey))
        {
            await EnsureAsync(first);
        }

        Assert.DoesNotContain("masterKey", await DumpAsync(database), StringComparison.OrdinalIgnoreCase);
        await using var process = Process(database, TimeProvider.System, sealingKey);
        Assert.Equal([1, 2, 3], Protector(process).Unprotect(protectedBefore));
    }

    [Fact]
    public async Task A_new_sealing_key_takes_over_what_the_previous_one_sealed()
    {
        await using var database = await UpkeepDatabase.CreateAsync(stack);
        var (leaked, next) = (NewKey(), NewKey());
        await using (var before = Process(database, TimeProvider.System, leaked))
        {
            await EnsureAsync(before);
        }

        IReadOnlyList<ServerKey> stored;
        await using (var both = Process(database, TimeProvider.System, next, leaked))
        {
            stored = await EnsureAsync(both);
        }

        await using var after = Process(database, TimeProvider.System, next);
        Assert.All(stored, key => Assert.NotEmpty(after.GetRequiredService<ServerKeys>().Unseal(key)));
        await using var thief = Process(database, TimeProvider.System, leaked);
        Assert.ThrowsAny<CryptographicException>(() => thief.GetRequiredService<ServerKeys>().Unseal(stored[0]));
    }

    [Fact]
    public async Task The_stack_keeps_no_key_in_the_clear()
    {
        await stack.StartAsync();
        await using var connection = new Npgsql.NpgsqlConnection(await stack.ConnectionStringAsync("chatdb"));
        await connection.OpenAsync(Token);
        await using var command = new Npgsql.NpgsqlCommand("SELECT string_agg(xml, '') FROM accounts.data_protection_keys", connection);
        var ring = (string)(await command.ExecuteScalarAsync(Token))!;

        Assert.Contains("<sealed key=", ring, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", ring, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_sealed_value_that_was_altered_or_moved_does_not_open()
    {
        Assert.True(SealingKey.TryParse(NewKey(), out var key));
        var opaque = key.Seal("secret"u8, "here"u8);
        Assert.Equal("secret"u8.ToArray(), key.Open(opaque, "here"u8));
        Assert.ThrowsAny<CryptographicException>(() => key.Open(opaque, "there"u8));
        Assert.ThrowsAny<CryptographicException>(() => key.Open(opaque.AsSpan(0, 20), "here"u8));
        for (var i = 0; i < opaque.Length; i++)
        {
            var altered = opaque.ToArray();
            altered[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => key.Open(altered, "here"u8));
        }

        Assert.False(SealingKey.TryParse("", out _));
        Assert.False(SealingKey.TryParse(Convert.ToBase64String(new byte[31]), out _));
        Assert.False(SealingKey.TryParse(Convert.ToBase64String(new byte[33]), out _));
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private static ServiceProvider Process(UpkeepDatabase database, TimeProvider time, string sealingKey, string? previous = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("ServerKeys:SealingKey", sealingKey), new("ServerKeys:PreviousSealingKey", previous)]).Build();
        var services = Services(database);
        services.AddAccountsDataProtection(configuration);
        return services.AddSingleton(time).BuildServiceProvider();
    }

    private static ServiceProvider Unsealed(UpkeepDatabase database)
    {
        var services = Services(database);
        services.AddDataProtection().SetApplicationName("ChatService").PersistKeysToDbContext<AccountsDbContext>();
        return services.BuildServiceProvider();
    }

    private static IServiceCollection Services(UpkeepDatabase database) => new ServiceCollection().AddLogging().AddDbContext<AccountsDbContext>(options =>
    {
        options.UseNpgsql(database.ConnectionString);
        AccountsDbContextOptions.Configure(options);
    });

    private static IDataProtector Protector(IServiceProvider process) => process.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");

    private static async Task<IReadOnlyList<ServerKey>> EnsureAsync(IServiceProvider process)
    {
        await using var scope = process.CreateAsyncScope();
        return await process.GetRequiredService<ServerKeys>().EnsureAsync(scope.ServiceProvider.GetRequiredService<AccountsDbContext>(), Token);
    }

    /// <summary>Everything in the schema, as text.</summary>
    private static async Task<string> DumpAsync(UpkeepDatabase database)
    {
        var dump = new StringBuilder();
        foreach (var table in database.Accounts.Model.GetEntityTypes().Select(type => type.GetTableName()).Distinct())
        {
            dump.Append(await database.ReadAsync<string>($"SELECT string_agg(t::text, E'\\n') FROM accounts.{table} t"));
        }

        return dump.ToString();
    }
}
