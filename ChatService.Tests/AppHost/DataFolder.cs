namespace ChatService.Tests.AppHost;

/// <summary>A temporary folder that other users may walk through: PostgreSQL runs as one when the tests run as root.</summary>
internal sealed class DataFolder : IDisposable
{
    public DataFolder()
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("chatservice-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
