using ChatService.Benchmarks.Load.Population;
using ChatService.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Benchmarks.Load.Servers;

/// <summary>The hub that one writes first: a row per message through EF Core, then the broadcast.</summary>
internal static class NaiveServer
{
    public const string Command = "serve-naive";

    public static async Task<int> RunAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var database = builder.Configuration.GetConnectionString("naive")!;
        builder.Services.AddDbContextPool<NaiveDbContext>(options => Configure(options, database));
        builder.Services.AddSignalR(options => options.MaximumReceiveMessageSize = Limits.EnvelopeBase64)
            .AddMessagePackProtocol()
            .AddStackExchangeRedis(builder.Configuration.GetConnectionString("redis")!);
        var app = builder.Build();
        app.MapGet("/alive", () => "alive");
        app.MapHub<NaiveHub>(Routes.Hub);
        await app.RunAsync();
        return 0;
    }

    public static async Task CreateRoomsAsync(string database, IReadOnlyList<LoadRoom> rooms, CancellationToken cancellationToken)
    {
        await using var db = new NaiveDbContext(((DbContextOptionsBuilder<NaiveDbContext>)Configure(new DbContextOptionsBuilder<NaiveDbContext>(), database)).Options);
        await db.Database.EnsureCreatedAsync(cancellationToken);
        foreach (var room in rooms)
        {
            var conversation = new NaiveConversation { Id = room.Id, LastActivityAt = DateTime.UtcNow };
            conversation.Participants.AddRange(room.Members.Select(member => new NaiveParticipant { ConversationId = room.Id, DeviceId = member.DeviceId }));
            db.Conversations.Add(conversation);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static DbContextOptionsBuilder Configure(DbContextOptionsBuilder options, string database) =>
        options.UseNpgsql(database).UseSnakeCaseNamingConvention();
}
