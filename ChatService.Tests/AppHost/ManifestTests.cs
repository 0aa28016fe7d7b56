using System.Diagnostics;

namespace ChatService.Tests.AppHost;

public class ManifestTests
{
    [Fact]
    public async Task The_committed_manifest_is_what_the_AppHost_writes()
    {
        var root = Path.GetDirectoryName(Projects.ChatService_AppHost.ProjectPath)!;
        var written = Path.Combine(root, $"aspire-manifest.{Guid.NewGuid():N}.json");
        try
        {
            var start = new ProcessStartInfo("dotnet", ["exec", typeof(Projects.ChatService_AppHost).Assembly.Location, "--publisher", "manifest", "--output-path", written])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, output);
            Assert.Equal(
                await File.ReadAllTextAsync(Path.Combine(root, "aspire-manifest.json"), TestContext.Current.CancellationToken),
                await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(written);
        }
    }
}
