using System.Text.Json;
using ChatService.Cli.Assistant;
using ChatService.Client.Connection;
using ChatService.Client.Storage;

namespace ChatService.Cli.Profiles;

/// <summary>
/// A person on this machine: a folder that only its owner can enter, with the device's store and the server's address.
/// </summary>
internal sealed class Profile
{
    public const string DefaultServer = "http://localhost:5080";

    private readonly string _folder;

    private Profile(string folder, Uri server) => (_folder, Server) = (folder, server);

    public Uri Server { get; }

    /// <summary>How this run reaches the server; nothing of it is remembered, since it depends on the network that one is in.</summary>
    public HubTransport Transport { get; init; }

    public AssistantConsent AssistantConsent => new(Path.Combine(_folder, "assistant.json"));

    /// <param name="name">A name under the user's configuration folder, or a folder when it holds a separator or begins with a dot.</param>
    public static Profile Open(string? name, string? server, HubTransport transport = HubTransport.Automatic)
    {
        var folder = FolderOf(name ?? "default");
        try
        {
            if (!Directory.Exists(folder))
            {
                if (OperatingSystem.IsWindows())
                    Directory.CreateDirectory(folder);
                else
                    Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            var address = server ?? ReadSettings(folder)?.Server ?? DefaultServer;
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
                throw new CliException($"'{address}' is not an address: write it as https://chat.example.org.", ExitCode.Usage);
            return new(folder, uri) { Transport = transport };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"The profile folder '{folder}' cannot be used: {e.Message}");
        }
    }

    public Task<SqliteChatStore> OpenStoreAsync(CancellationToken ct) => SqliteChatStore.OpenAsync(Path.Combine(_folder, "chat.db"), ct: ct);

    public Task RememberServerAsync(CancellationToken ct) =>
        File.WriteAllTextAsync(
            Path.Combine(_folder, "profile.json"),
            JsonSerializer.Serialize(new ProfileSettings(Server.GetLeftPart(UriPartial.Authority)), JsonSerializerOptions.Web),
            ct);

    private static ProfileSettings? ReadSettings(string folder)
    {
        var path = Path.Combine(folder, "profile.json");
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<ProfileSettings>(File.ReadAllText(path), JsonSerializerOptions.Web) : null;
        }
        catch (JsonException)
        {
            throw new CliException($"'{path}' cannot be read: correct or delete it, and name the server with --server.");
        }
    }

    private static string FolderOf(string name)
    {
        if (name.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) || name.Contains('/', StringComparison.Ordinal) || name.StartsWith('.'))
            return Path.GetFullPath(name);
        var root = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.Create);
        return root.Length == 0
            ? throw new CliException("There is no home folder for the profile: name a folder with --profile ./somewhere.")
            : Path.Combine(root, "chatservice", name);
    }
}
