using System.Net;
using System.Net.Sockets;

namespace ChatService.Tests.AppHost.Local;

/// <summary>What a developer reads when the stack cannot run, and what a script sees.</summary>
public sealed class FailureTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_port_that_another_program_has_ends_the_start_with_the_resources_name()
    {
        using var other = Occupy(5080);

        await using var appHost = AppHostProcess.Start(typeof(Projects.ChatService_AppHost).Assembly.Location, _folder.Path);

        Assert.Equal(1, await appHost.EndAsync());
        Assert.Equal("gateway cannot start: port 5080 is taken by another program.", appHost.Output.Trim());
    }

    [Fact]
    public async Task A_service_that_dies_is_named_with_its_last_lines()
    {
        await using var appHost = LocalStack.Start("dies", _folder);

        Assert.Equal(1, await appHost.EndAsync());
        Assert.Contains($"teller ended on its own with exit code 3. Its last lines:{Environment.NewLine}    its last words", appHost.Output);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_named()
    {
        await using var appHost = LocalStack.Start("no program", _folder);

        Assert.Equal(1, await appHost.EndAsync());
        Assert.Contains("teller could not be run (exit code 127).", appHost.Output);
        Assert.Contains("no-such-program", appHost.Output);
    }

    [Fact]
    public async Task What_waits_for_a_service_that_failed_does_not_start()
    {
        await using var appHost = LocalStack.Start("waits", _folder);

        Assert.Equal(1, await appHost.EndAsync());
        Assert.Contains("first ended on its own with exit code 4.", appHost.Output);
        Assert.DoesNotContain("never seen", appHost.Output);
    }

    [Fact]
    public async Task A_parameter_without_a_value_is_named_with_the_setting_that_gives_it()
    {
        await using var appHost = LocalStack.Start("stores", _folder);

        Assert.Equal(1, await appHost.EndAsync());
        Assert.Contains("store-password", appHost.Output);
        Assert.Contains("Parameters:store-password", appHost.Output);
    }

    [Fact]
    public async Task A_PostgreSQL_that_cannot_read_its_data_says_so()
    {
        await using (var first = LocalStack.Start("stores", _folder, "--Parameters:store_password=first"))
        {
            await first.LineAsync("shelf      is ready");
            await first.SignalAsync("TERM");
            await first.EndAsync();
        }

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "volumes", "store", "data", "PG_VERSION"), "nonsense", TestContext.Current.CancellationToken);
        await using var appHost = LocalStack.Start("stores", _folder, "--Parameters:store-password=first");

        Assert.Equal(1, await appHost.EndAsync());
        Assert.Contains("store ended on its own with exit code 1. Its last lines:", appHost.Output);
        Assert.Contains("PG_VERSION", appHost.Output);
    }

    /// <summary>If another program listens there already, that serves as well.</summary>
    private static TcpListener? Occupy(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }
}
