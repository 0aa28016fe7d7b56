using System.Reflection;

namespace Aspire.Hosting;

/// <summary>An AppHost whose program a test runs up to <c>Build()</c>, to take over what it has described.</summary>
internal sealed class TestedAppHost(Assembly appHost, string[] args)
{
    private static readonly AsyncLocal<TestedAppHost?> s_current = new();

    public static TestedAppHost? Current => s_current.Value;

    public Assembly AppHost { get; } = appHost;
    public string[] Args { get; } = args;
    public DistributedApplicationBuilder? Builder { get; private set; }

    public bool TryCapture(DistributedApplicationBuilder builder)
    {
        if (Builder is not null)
        {
            return false;
        }

        Builder = builder;
        return true;
    }

    /// <summary>Runs the AppHost's entry point until it has described its resources.</summary>
    public async Task<DistributedApplicationBuilder> DescribeAsync()
    {
        s_current.Value = this;
        var entryPoint = AppHost.EntryPoint
            ?? throw new InvalidOperationException($"{AppHost.GetName().Name} has no entry point.");
        try
        {
            var result = entryPoint.Invoke(null, entryPoint.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
            await (result as Task ?? Task.CompletedTask);
        }
        catch (TargetInvocationException aborted) when (aborted.InnerException is Microsoft.Extensions.Hosting.HostAbortedException)
        {
        }
        catch (Microsoft.Extensions.Hosting.HostAbortedException)
        {
        }
        finally
        {
            s_current.Value = null;
        }

        return Builder ?? throw new InvalidOperationException($"{AppHost.GetName().Name} ended without calling Build().");
    }
}
