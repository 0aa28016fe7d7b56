using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting;

/// <summary>What the build wrote into the AppHost's assembly about itself.</summary>
internal sealed record AppHostInfo(Assembly Assembly)
{
    public string Name { get; } = Assembly.GetName().Name!;

    public string Directory { get; } = Metadata(Assembly, "apphostprojectpath") ?? System.IO.Directory.GetCurrentDirectory();

    public string? UserSecretsId { get; } = Assembly.GetCustomAttribute<UserSecretsIdAttribute>()?.UserSecretsId;

    private string ProjectFile => Metadata(Assembly, "apphostprojectname") ?? Name;

    /// <summary>
    /// Published names depend on the project's name only, so that every machine writes the same manifest; on a
    /// developer's machine two clones must not share a volume, so there the path counts.
    /// </summary>
    public string VolumeName(string resource, bool publish)
    {
        var key = publish ? ProjectFile : Path.Combine(Directory, ProjectFile).ToLowerInvariant();
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return $"{Name.ToLowerInvariant()}-{hash[..10]}-{resource}-data";
    }

    private static string? Metadata(Assembly assembly, string key) =>
        assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(a => a.Key == key)?.Value;
}
