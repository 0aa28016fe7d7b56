namespace ChatService.Tests.AppHost;

public class ManifestTests
{
    [Fact]
    public async Task The_committed_manifest_is_what_the_AppHost_writes() =>
        Assert.Equal(
            await File.ReadAllTextAsync(AppHostProcess.RootOf("aspire-manifest.json"), TestContext.Current.CancellationToken),
            await WrittenByAsync(typeof(Projects.ChatService_AppHost).Assembly.Location));

    [Fact]
    public async Task The_manifest_of_an_AppHost_is_byte_for_byte_what_Aspire_writes_for_it() =>
        Assert.Equal(
            await File.ReadAllTextAsync(
                AppHostProcess.RootOf("ChatService.Tests/AppHost/Example/aspire-manifest.example.json"), TestContext.Current.CancellationToken),
            await WrittenByAsync(AppHostProcess.ProgramOf("AppHost/Example", "ChatService.AppHost")));

    private static async Task<string> WrittenByAsync(string program)
    {
        // Paths in a manifest are relative to it.
        var written = AppHostProcess.RootOf($"aspire-manifest.{Guid.NewGuid():N}.json");
        using var folder = new DataFolder();
        try
        {
            await using var appHost = AppHostProcess.Start(program, folder.Path, "--publisher", "manifest", "--output-path", written);
            Assert.True(await appHost.EndAsync() == 0, appHost.Output);
            return await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken);
        }
        finally
        {
            File.Delete(written);
        }
    }
}
