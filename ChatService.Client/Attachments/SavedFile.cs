namespace ChatService.Client.Attachments;

/// <summary>A new file in a folder: <c>name.txt</c>, or <c>name (2).txt</c> where that is taken.</summary>
internal static class SavedFile
{
    private const int MostAttempts = 1000;

    public static FileStream Create(string folder, string name)
    {
        Directory.CreateDirectory(folder);
        for (var i = 1; ; i++)
        {
            var path = Path.Combine(Path.GetFullPath(folder), i == 1 ? name : $"{Path.GetFileNameWithoutExtension(name)} ({i}){Path.GetExtension(name)}");
            try
            {
                // CreateNew follows no symbolic link and overwrites nothing.
                return new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous);
            }
            catch (IOException) when (i < MostAttempts && Path.Exists(path))
            {
                // Taken.
            }
        }
    }
}
