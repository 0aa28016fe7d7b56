using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;
using ChatService.Worker.Upkeep;

namespace ChatService.Tests.Upkeep;

public sealed class ScheduleTests(AppHostFixture stack)
{
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
}
