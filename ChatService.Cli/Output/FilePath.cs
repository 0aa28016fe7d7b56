namespace ChatService.Cli.Output;

/// <summary>Paths as they are typed in a conversation, where no shell has been at them.</summary>
internal static class FilePath
{
    /// <summary>Takes quotes off, and puts the home folder in for a tilde.</summary>
    public static string Expand(string typed)
    {
        var path = typed.Length > 1 && typed[0] is '"' or '\'' && typed[^1] == typed[0] ? typed[1..^1] : typed;
        return path == "~" || path.StartsWith("~/", StringComparison.Ordinal)
            ? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + path[1..]
            : path;
    }

    /// <summary>The downloads folder where there is one, else the current one.</summary>
    public static string DefaultFolder()
    {
        var downloads = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Downloads");
        return Directory.Exists(downloads) ? downloads : Directory.GetCurrentDirectory();
    }
}
