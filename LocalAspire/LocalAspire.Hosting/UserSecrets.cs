using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting;

/// <summary>The developer's secrets file, where a generated password stays for as long as the data that it protects.</summary>
internal sealed class UserSecrets(string? userSecretsId)
{
    private readonly string? _path = userSecretsId is null ? null : PathHelper.GetSecretsPathFromSecretsId(userSecretsId);

    public string GetOrSet(string key, Func<string> generate)
    {
        var secrets = Read();
        if (secrets[key]?.GetValue<string>() is { } known)
        {
            return known;
        }

        var value = generate();
        if (_path is not null)
        {
            secrets[key] = value;
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            PrivateFile.Write(_path, secrets.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
        }

        return value;
    }

    private JsonObject Read() => _path is not null && File.Exists(_path)
        ? JsonNode.Parse(File.ReadAllText(_path), documentOptions: new() { CommentHandling = JsonCommentHandling.Skip }) as JsonObject ?? []
        : [];
}
