using ChatService.Contracts;
using ChatService.Core.Storage;
using ChatService.Tests.Accounts;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatService.Tests.Abuse;

/// <summary>One more hub of the stack, in this process: its clock stands still, and its insides can be asked.</summary>
internal sealed class InProcessHub : WebApplicationFactory<Hub.ChatHub>
{
    private readonly Dictionary<string, string> _settings;
    private readonly ServerSigner _signer;

    private InProcessHub(Dictionary<string, string> settings, ServerSigner signer)
    {
        (_settings, _signer) = (settings, signer);
        UseKestrel(0);
        StartServer();
    }

    public HeldTime Time { get; } = new();

    public Uri Address => ClientOptions.BaseAddress;

    public static async Task<InProcessHub> StartAsync(AppHostFixture stack, params (string Name, string Value)[] settings)
    {
        var database = await stack.ConnectionStringAsync("chatdb");
        return new(
            new(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            {
                ["ConnectionStrings:chatdb"] = database,
                ["ConnectionStrings:redis"] = await stack.ConnectionStringAsync("redis"),
                ["ServerKeys:SealingKey"] = DevelopmentSettings.SealingKey,
            },
            await ServerSigner.CreateAsync(database));
    }

    public static Task<InProcessHub> WithoutRateLimitsAsync(AppHostFixture stack) =>
        StartAsync(stack, [.. RateLimits.All.Select(limit => ($"RateLimits:{limit.Name}:Burst", "1000000000"))]);

    /// <summary>Somebody who was never here before, with a token of the authority's own.</summary>
    public Task<ApiUser> NewUserAsync() => ApiUser.SignedAsync(_signer, Address);

    /// <summary>Changes the database behind everybody's back.</summary>
    public async Task ExecuteAsync(FormattableString sql)
    {
        await using var scope = Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ChatDbContext>().Database.ExecuteSqlAsync(sql, TestContext.Current.CancellationToken);
    }

    /// <summary>Everything that is stored of these people and their conversations.</summary>
    public async Task<string> StoredAsync(Guid[] users, Guid[] conversations)
    {
        await using var scope = Services.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<ChatDbContext>().Database.SqlQuery<string>(
            $"""
            SELECT c::text AS "Value" FROM conversations c WHERE id = ANY({conversations}) OR creator_id = ANY({users})
            UNION ALL SELECT p::text FROM conversation_participants p WHERE conversation_id = ANY({conversations}) OR chat_user_id = ANY({users})
            UNION ALL SELECT m::text FROM messages m WHERE conversation_id = ANY({conversations}) OR sender_id = ANY({users})
            UNION ALL SELECT a::text FROM attachments a WHERE conversation_id = ANY({conversations}) OR uploader_id = ANY({users})
            UNION ALL SELECT k::text FROM attachment_chunks k JOIN attachments a ON a.id = k.attachment_id WHERE a.conversation_id = ANY({conversations})
            UNION ALL SELECT d::text FROM devices d WHERE chat_user_id = ANY({users})
            UNION ALL SELECT b::text FROM user_key_bundles b JOIN devices d ON d.id = b.device_id WHERE d.chat_user_id = ANY({users})
            UNION ALL SELECT o::text FROM one_time_pre_keys o JOIN devices d ON d.id = o.device_id WHERE d.chat_user_id = ANY({users})
            UNION ALL SELECT l::text FROM one_time_pre_key_allowances l WHERE requester_id = ANY({users})
            UNION ALL SELECT s::text FROM blocks s WHERE blocker_id = ANY({users}) OR blocked_id = ANY({users})
            UNION ALL SELECT concat(u.id, u.handle, u.display_name, u.shared_signals) FROM chat_users u WHERE id = ANY({users})
            """).ToListAsync(TestContext.Current.CancellationToken);
        return string.Join('\n', rows.Order());
    }

    public Task MakeAssistantAsync(Guid userId) => ExecuteAsync($"UPDATE chat_users SET is_assistant = true WHERE id = {userId}");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        foreach (var (name, value) in _settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IHostLifetime, WithoutSignals>();
            services.AddSingleton<TimeProvider>(Time);
        });
    }

    /// <summary>The signals of this process are not the hub's.</summary>
    private sealed class WithoutSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
