using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Processes;
using Aspire.Hosting.Run;

namespace Aspire.Hosting.Postgres;

/// <summary>Makes a PostgreSQL server ready to run: its programs, its data folder, and the password that it expects.</summary>
internal sealed class PostgresServer(PostgresServerResource resource, LocalFolders folders, Action<string> say)
{
    private readonly UnprivilegedUser? _user = UnprivilegedUser.IfRoot();

    public async Task<ProcessPlan> PrepareAsync(CancellationToken cancellationToken)
    {
        var programs = await PostgresBinaries.FindAsync(LocalFolders.Cache, say, cancellationToken);
        var volume = resource.Annotations.OfType<ContainerMountAnnotation>().LastOrDefault();
        var folder = volume is null ? Path.Combine(folders.Temporary, resource.Name) : folders.Volume(volume.Source);
        var data = Path.Combine(folder, "data");

        await PostgresLock.WaitAsync(data, cancellationToken);
        var password = (await resource.PasswordParameter.GetValueAsync(cancellationToken))!;
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
        var marker = Path.Combine(folder, "password.sha256");
        if (!Directory.Exists(data))
        {
            await InitializeAsync(programs, folder, data, password, durable: volume is not null, cancellationToken);
            PrivateFile.Write(marker, digest);
        }

        if (!File.Exists(marker) || await File.ReadAllTextAsync(marker, cancellationToken) != digest)
        {
            say("its data was made with another password, which is changed to the present one.");
            await SetPasswordAsync(programs, data, password, cancellationToken);
            PrivateFile.Write(marker, digest);
        }

        var port = resource.PrimaryEndpoint.Port.ToString(CultureInfo.InvariantCulture);
        string[] args =
        [
            "-D", data, "-c", "listen_addresses=localhost", "-c", $"port={port}", "-c", "unix_socket_directories=", "-c", "max_connections=200",
        ];
        return AsUser(Path.Combine(programs, "postgres"), args, folder) with
        {
            StopSignals = "INT QUIT", // Fast shutdown; then immediate, from which the next start recovers.
            StopPatience = TimeSpan.FromSeconds(20),
        };
    }

    private async Task InitializeAsync(
        string programs, string folder, string data, string password, bool durable, CancellationToken cancellationToken)
    {
        // Made under another name, so that an interrupted initdb is not taken for data.
        var unfinished = Path.Combine(folder, "data.new");
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        Directory.CreateDirectory(unfinished);
        _user?.Own(unfinished);
        var userName = await UserNameAsync(cancellationToken);
        await WithSecretFileAsync(folder, password, passwordFile => Tool.RunAsync(
            AsUser(
                Path.Combine(programs, "initdb"),
                [
                    "-D", unfinished, "--username", userName, "--pwfile", passwordFile, "--encoding=UTF8",
                    "--auth-host=scram-sha-256", "--auth-local=scram-sha-256",
                    .. OperatingSystem.IsLinux() ? (string[])["--locale=C.UTF-8"] : [],
                    .. durable ? (string[])[] : ["--no-sync"],
                ],
                folder),
            cancellationToken));
        Directory.Move(unfinished, data);
    }

    /// <summary>In single-user mode, which needs no password: only the owner of the files can do this.</summary>
    private async Task SetPasswordAsync(string programs, string data, string password, CancellationToken cancellationToken)
    {
        var userName = await UserNameAsync(cancellationToken);
        var statement = $"ALTER ROLE \"{userName.Replace("\"", "\"\"")}\" PASSWORD '{password.Replace("'", "''")}'\n";
        await WithSecretFileAsync(Path.GetDirectoryName(data)!, statement, statementFile => Tool.RunAsync(
            AsUser("bash", ["-c", "exec \"$1\" --single -D \"$2\" postgres < \"$3\"", "bash", Path.Combine(programs, "postgres"), data, statementFile], data),
            cancellationToken));
    }

    private async Task<string> UserNameAsync(CancellationToken cancellationToken) =>
        (await resource.UserNameReference.GetValueAsync(cancellationToken))!;

    private async Task WithSecretFileAsync(string folder, string text, Func<string, Task> use)
    {
        var path = Path.Combine(folder, $"secret-{Guid.NewGuid():N}");
        try
        {
            PrivateFile.Write(path, text);
            _user?.Own(path);
            await use(path);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private ProcessPlan AsUser(string fileName, IReadOnlyList<string> args, string workingDirectory)
    {
        var command = _user?.Run(fileName, args) ?? (fileName, args);
        return new(command.FileName, command.Args, workingDirectory);
    }
}
