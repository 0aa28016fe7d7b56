using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Microsoft.Extensions.Hosting;

internal static class QuietLogging
{
    private static readonly Dictionary<string, string?> s_levels = new()
    {
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Warning",

        // A failed command throws, and whoever catches it logs it. On a new database a migration's first look at its
        // history fails as a matter of course.
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database.Command"] = "Critical",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Query"] = "Critical",
        ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Update"] = "Critical",
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:OpenIddict"] = "Warning",
        ["Logging:LogLevel:Quartz"] = "Warning",

        // A job that fails says so itself.
        ["Logging:LogLevel:Quartz.Core.ErrorLogger"] = "Critical",
        ["Logging:LogLevel:Quartz.Core.JobRunShell"] = "Critical",
        ["Logging:LogLevel:StackExchange.Redis"] = "Warning",
        ["Logging:LogLevel:Yarp.ReverseProxy"] = "Warning",
    };

    /// <summary>
    /// Frameworks and libraries speak from warnings on. These are defaults: appsettings.json, the environment and the
    /// command line override each, such as <c>Logging__LogLevel__Npgsql=Debug</c>.
    /// </summary>
    public static void QuietLibraries(this IConfigurationManager configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = s_levels });
}
