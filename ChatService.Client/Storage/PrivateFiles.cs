namespace ChatService.Client.Storage;

/// <summary>Files and folders that only their owner can read. (On Windows, a user profile's own access rules do that.)</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    public static bool HasContent(string path) => new FileInfo(path) is { Exists: true, Length: > 0 };

    /// <summary>SQLite gives its journal the permissions of the file, so the file has to be there with the right ones first.</summary>
    public static void CreateEmpty(string path)
    {
        if (!File.Exists(path))
            Open(path, FileMode.CreateNew, FileShare.None).Dispose();
    }

    /// <summary>Held as long as the stream is open, and let go by the system when the process dies.</summary>
    public static FileStream Lock(string path)
    {
        try
        {
            return Open(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new ChatStoreException(
                ChatStoreError.InUse, $"The chat store '{Path.ChangeExtension(path, null)}' is open in another process. Close it, or use another profile.", e);
        }
    }

    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }

    /// <summary>Takes back what others may do with a file that was copied carelessly.</summary>
    public static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, OwnerOnly);
    }
}
