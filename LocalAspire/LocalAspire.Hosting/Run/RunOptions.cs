using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Run;

internal sealed class RunOptions(IConfiguration configuration, bool isTest)
{
    /// <summary>A test's stack prints nothing, and neither shares ports nor data with a developer's.</summary>
    public bool IsTest => isTest;

    /// <summary>Ignore the fixed ports of launch profiles. Aspire's own switch.</summary>
    public bool RandomizePorts => isTest || configuration.GetValue("DcpPublisher:RandomizePorts", false);

    /// <summary>Where the data of volumes lives; null: the usual per-user folder.</summary>
    public string? DataFolder => configuration["LocalAspire:DataFolder"];

    /// <summary>Whether to show what PostgreSQL and Redis print even when nothing is wrong.</summary>
    public bool ShowsServers => configuration.GetValue("LocalAspire:ShowServers", false);

    /// <summary>What to print below the table once everything is healthy; <c>{name}</c> stands for the resource's address.</summary>
    public IReadOnlyList<string> Next { get; } = configuration.GetSection("LocalAspire:Next").Get<string[]>() ?? [];
}
