using ChatService.Tests.Accounts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using ChatService.Worker.Assistant;
using ChatService.Worker.Storage;
using ChatService.Worker.Upkeep;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ChatService.Tests.Upkeep;

public sealed class ScheduleTests(AppHostFixture stack)
{
    [Fact]
    public async Task The_clock_moves_and_what_is_due_runs_and_nothing_else()
    {
        await using var database = await UpkeepDatabase.CreateAsync(stack);
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var worker = await StartAsync(database, time);
        foreach (var job in UpkeepJobs.All)
        {
            await RanAsync(database, time, job.Name, 1);
        }

        time.Advance(TimeSpan.FromMinutes(11));
        await RanAsync(database, time, "used-one-time-prekeys", 2);

        Assert.Equal(1, await RunsAsync(database, "superseded-prekeys"));
        var status = Assert.Single(
            await worker.Services.GetRequiredService<UpkeepStatusReader>().ReadAsync(TestContext.Current.CancellationToken),
            status => status.Job == "superseded-prekeys");
        Assert.InRange(status.NextRun!.Value, new(2030, 1, 1, 1, 0, 0, TimeSpan.Zero), new(2030, 1, 1, 1, 5, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task The_stack_says_how_every_job_stands()
    {
        var app = await stack.StartAsync();
        using var http = new HttpClient { BaseAddress = Aspire.Hosting.Testing.DistributedApplicationHostingTestingExtensions.GetEndpoint(app, "worker", "http") };

        await Patience.UntilAsync(
            async () =>
            {
                var lines = (await http.GetStringAsync("/health", TestContext.Current.CancellationToken)).Split('\n');
                return lines[0] == "Healthy" && UpkeepJobs.All.All(job => lines.Any(line =>
                    line.StartsWith($"{job.Name}: succeeded 2", StringComparison.Ordinal) && line.Contains(", next 2", StringComparison.Ordinal)));
            },
            "every job has succeeded and is due again");
    }

    private async Task<WebApplication> StartAsync(UpkeepDatabase database, TimeProvider time)
    {
        var builder = WebApplication.CreateBuilder(
        [
            "--urls=http://127.0.0.1:0",
            $"--ConnectionStrings:chatdb={database.ConnectionString}",
            $"--ConnectionStrings:redis={await stack.ConnectionStringAsync("redis")}",
            $"--ServerKeys:SealingKey={DevelopmentSettings.SealingKey}",
        ]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(time);
        builder.AddStorage();
        builder.AddUpkeep();
        builder.AddAssistant();
        var app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }

    /// <summary>The clock goes on a little: what a run leads to is written by the clock as well.</summary>
    private static Task RanAsync(UpkeepDatabase database, FakeTimeProvider time, string job, long times) => Patience.UntilAsync(
        async () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(200));
            return await RunsAsync(database, job) >= times;
        },
        $"{job} has run {times} times");

    private static async Task<long> RunsAsync(UpkeepDatabase database, string job) =>
        await database.ReadAsync<string?>("SELECT to_regclass('qrtz_job_status')::text") is null
            ? 0
            : await database.ReadAsync<long>($"SELECT run_count FROM qrtz_job_status WHERE job_name = '{job}'");
}
