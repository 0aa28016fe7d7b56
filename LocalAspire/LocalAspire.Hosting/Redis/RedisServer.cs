using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Redis;

/// <summary>Makes a Redis-compatible server ready to run: redis-server, valkey-server, or Garnet as a .NET tool.</summary>
internal sealed class RedisServer(RedisResource resource, LocalFolders folders, AppHostInfo appHost, Action<string> say)
{
    private readonly string? _volume = resource.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault()?.Source;

    public async Task<ProcessPlan> PrepareAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(folders.Temporary, resource.Name)).FullName;
        var data = _volume is null ? folder : folders.Volume(_volume);
        var password = (await resource.PasswordParameter.GetValueAsync(cancellationToken))!;
        return (Tool.Find("redis-server") ?? Tool.Find("valkey-server")) is { } program
            ? Redis(program, folder, data, password)
            : await GarnetAsync(folder, data, password, cancellationToken);
    }

    public static async Task AskAsync(RedisResource redis, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync("localhost", redis.PrimaryEndpoint.Port, cancellationToken);
        var password = await redis.PasswordParameter.GetValueAsync(cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.UTF8.GetBytes($"*2\r\n$4\r\nAUTH\r\n${password!.Length}\r\n{password}\r\n*1\r\n$4\r\nPING\r\n"), cancellationToken);
        using var reader = new StreamReader(stream);
        foreach (var expected in (string[])["+OK", "+PONG"])
        {
            if (await reader.ReadLineAsync(cancellationToken) is var answer && answer != expected)
            {
                throw new IOException($"Redis answered '{answer}'.");
            }
        }
    }

    private string Port => resource.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture);

    // Passwords go through files: everyone on the machine can read a command line.
    private ProcessPlan Redis(string program, string folder, string data, string password)
    {
        var settings = Path.Combine(folder, "redis.conf");
        PrivateFile.Write(settings, $"""
            port {Port}
            bind 127.0.0.1 -::1
            requirepass {password}
            dir "{data}"
            save {(_volume is null ? "\"\"" : "60 1")}

            """);
        return new(program, [settings], folder);
    }

    private async Task<ProcessPlan> GarnetAsync(string folder, string data, string password, CancellationToken cancellationToken)
    {
        var program = await DotNetTool.FindAsync("garnet-server", appHost.Directory, say, cancellationToken);
        var settings = Path.Combine(folder, "garnet.json");
        PrivateFile.Write(settings, JsonSerializer.Serialize(new { AuthenticationMode = "Password", Password = password }));
        string[] persistence = _volume is null ? [] : ["--checkpointdir", data, "--aof", "--recover"];
        return new(
            Plans.DotNet,
            [
                "exec", "--roll-forward", "Major", program, "--config-import-path", settings, "--port", Port, "--bind", "127.0.0.1",
                "--memory", "128m", "--index", "4m", .. persistence,
            ],
            folder);
    }
}
