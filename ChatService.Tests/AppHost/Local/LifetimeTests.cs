using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace ChatService.Tests.AppHost.Local;

/// <summary>However an AppHost ends, its programs end with it, and the next start finds the data.</summary>
public sealed class LifetimeTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("KILL")]
    public async Task Nothing_is_left_behind_after_the_signal(string signal)
    {
        Assert.SkipWhen(signal == "INT" && IsInterruptIgnored(), "SIGINT is ignored by what started the tests, as a shell's & does, and so by all that they start.");
        await using var appHost = LocalStack.Start("sleeps", _folder);
        var program = int.Parse((await appHost.LineAsync("pid ")).Split("pid ")[1], CultureInfo.InvariantCulture);
        using var sleeper = Process.GetProcessById(program);

        await appHost.SignalAsync(signal);

        Assert.Equal(signal == "KILL" ? 137 : 0, await appHost.EndAsync());
        await sleeper.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task After_a_kill_the_next_start_finds_the_data_even_with_another_password()
    {
        await using (var first = LocalStack.Start("stores", _folder, "--Parameters:store-password=first"))
        {
            await first.LineAsync("shelf      is ready");
            await ExecuteAsync(await PortAsync(first), "first", "CREATE TABLE book (title text); INSERT INTO book VALUES ('Emma')");
            await first.SignalAsync("KILL");
            await first.ExitCodeAsync();
        }

        await using var second = LocalStack.Start("stores", _folder, "--Parameters:store-password=second");
        await second.LineAsync("shelf      is ready");

        Assert.Equal("Emma", await ExecuteAsync(await PortAsync(second), "second", "SELECT title FROM book"));
        await second.SignalAsync("TERM");
        Assert.Equal(0, await second.EndAsync());
    }

    private static bool IsInterruptIgnored()
    {
        const string Ignored = "SigIgn:";
        const int Interrupt = 1 << 1;
        return OperatingSystem.IsLinux()
            && File.ReadLines("/proc/self/status").Single(line => line.StartsWith(Ignored, StringComparison.Ordinal)) is var line
            && (long.Parse(line.AsSpan(Ignored.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }

    private static async Task<int> PortAsync(AppHostProcess appHost) =>
        int.Parse((await appHost.LineAsync("tcp://localhost:")).Split(':')[^1], CultureInfo.InvariantCulture);

    private static async Task<object?> ExecuteAsync(int port, string password, string statement)
    {
        await using var source = NpgsqlDataSource.Create($"Host=localhost;Port={port};Username=postgres;Password={password};Database=shelf;Pooling=false");
        await using var command = source.CreateCommand(statement);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
