using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Run;

internal static class Variables
{
    public static async Task<IReadOnlyDictionary<string, string>> OfAsync(IResource resource, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext();
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            annotation.Callback(context);
        }

        var values = new Dictionary<string, string>();
        foreach (var (name, value) in context.EnvironmentVariables)
        {
            var text = value is IValueProvider later ? await later.GetValueAsync(cancellationToken) : value.ToString();
            if (text is not null)
            {
                values[name] = text;
            }
        }

        return values;
    }

    public static IReadOnlyList<string> ArgsOf(IResource resource) =>
        [.. resource.Annotations.OfType<CommandLineArgsAnnotation>().SelectMany(args => args.Args).Select(arg => arg.ToString()!)];
}
