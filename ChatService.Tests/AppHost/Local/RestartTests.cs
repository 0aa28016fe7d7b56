using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Run;
using ChatService.Tests.Scenarios;
using Microsoft.Extensions.Configuration;

namespace ChatService.Tests.AppHost.Local;

public sealed class RestartTests
{
    /// <summary>Whoever hears of the end may be faster than the life that tells of it.</summary>
    [Fact]
    public async Task A_program_that_has_ended_starts_again_for_whoever_heard_of_its_end_at_once()
    {
        var options = new RunOptions(new ConfigurationManager(), isTest: true);
        using var folders = new LocalFolders(options);
        var notifications = new ResourceNotificationService();
        var failures = 0;
        var again = new TaskCompletionSource();
        ResourceRunner? runner = null;
        runner = new ResourceRunner(
            new ExecutableResource("teller", "false", AppContext.BaseDirectory),
            notifications,
            new ResourceLoggerService(),
            folders,
            new AppHostInfo(typeof(Projects.ChatService_AppHost).Assembly),
            new ConsoleReport(options, notifications),
            _ =>
            {
                if (++failures == 2)
                {
                    again.SetResult();
                }
                else
                {
                    runner!.Start();
                }
            });

        runner.Start();

        await again.Task.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);
        await runner.StopAsync(TestContext.Current.CancellationToken);
        runner.Dispose();
    }
}
