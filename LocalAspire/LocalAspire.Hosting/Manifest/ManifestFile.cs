using System.Text.Json;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Manifest;

internal static class ManifestFile
{
    private const string Step = "publish-manifest";

    public static async Task WriteAsync(
        IConfiguration configuration, IResourceCollection resources, AppHostInfo appHost, CancellationToken cancellationToken)
    {
        var publisher = configuration["publisher"];
        var step = configuration["step"];
        if ((publisher ?? "manifest") != "manifest" || (step ?? Step) != Step)
        {
            throw new DistributedApplicationException(
                $"LocalAspire publishes only a manifest, with --publisher manifest or --operation publish --step {Step}.");
        }

        var path = configuration["output-path"] ?? throw new DistributedApplicationException("Say where to write the manifest: --output-path <file>.");
        path = Path.GetFullPath(path.EndsWith(".json", StringComparison.Ordinal) ? path : Path.Combine(path, "aspire-manifest.json"));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);

        var bytes = new MemoryStream();
        await using (var json = new Utf8JsonWriter(bytes, new() { Indented = true, NewLine = "\n" }))
        {
            new ManifestWriter(json, Path.GetDirectoryName(path)!).Write(resources);
        }

        await File.WriteAllBytesAsync(path, bytes.ToArray(), cancellationToken);
        Console.WriteLine($"{appHost.Name}: wrote {path}");
    }
}
