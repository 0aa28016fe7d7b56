namespace Aspire.Hosting.ApplicationModel;

public sealed class EnvironmentCallbackContext
{
    public Dictionary<string, object> EnvironmentVariables { get; } = [];
}

public sealed record EnvironmentCallbackAnnotation(Action<EnvironmentCallbackContext> Callback) : IResourceAnnotation;

public sealed record CommandLineArgsAnnotation(IReadOnlyList<object> Args) : IResourceAnnotation;
