using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Manifest;

/// <summary>
/// The deployment manifest, in Aspire's own order: the model, then what it only refers to (generated passwords), each
/// parameter followed by its encoded form, then the conditional values.
/// </summary>
internal sealed class ManifestWriter(Utf8JsonWriter json, string directory)
{
    private readonly References _references = new();

    public void Write(IResourceCollection resources)
    {
        json.WriteStartObject();
        json.WriteStartObject("resources");
        foreach (var resource in resources)
        {
            WriteResource(resource);
        }

        foreach (var parameter in _references.Parameters.Except(resources.OfType<ParameterResource>()).ToList())
        {
            WriteResource(parameter);
        }

        foreach (var tls in _references.TlsOptions)
        {
            json.WriteStartObject(tls);
            json.WriteString("type", "value.v0");
            json.WriteString("connectionString", "");
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteResource(IResource resource)
    {
        json.WriteStartObject(resource.Name);
        switch (resource)
        {
            case ContainerResource container:
                WriteContainer(container);
                break;
            case ProjectResource project:
                json.WriteString("type", "project.v0");
                json.WriteString("path", Relative(project.Annotations.OfType<ProjectMetadataAnnotation>().Single().Metadata.ProjectPath));
                WriteArgs(project);
                WriteEnvironment(project);
                WriteBindings(project);
                break;
            case ExecutableResource executable:
                json.WriteString("type", "executable.v0");
                json.WriteString("workingDirectory", Relative(executable.WorkingDirectory));
                json.WriteString("command", executable.Command);
                WriteArgs(executable);
                WriteEnvironment(executable);
                WriteBindings(executable);
                break;
            case ParameterResource parameter:
                WriteParameter(parameter);
                break;
            case IResourceWithConnectionString value:
                json.WriteString("type", "value.v0");
                json.WriteString("connectionString", Expression(value.ConnectionStringExpression));
                break;
        }

        json.WriteEndObject();
        if (resource is ParameterResource encoded && _references.Encoded.FirstOrDefault(e => e.Parameter == encoded) is { } uri)
        {
            json.WriteStartObject(uri.ManifestName);
            json.WriteString("type", "annotated.string");
            json.WriteString("value", encoded.ValueExpression);
            json.WriteString("filter", "uri");
            json.WriteEndObject();
        }
    }

    private void WriteContainer(ContainerResource container)
    {
        json.WriteString("type", "container.v0");
        if (container is IResourceWithConnectionString value)
        {
            json.WriteString("connectionString", Expression(value.ConnectionStringExpression));
        }

        json.WriteString("image", container.Image);
        if (container.Entrypoint is { } entrypoint)
        {
            json.WriteString("entrypoint", entrypoint);
        }

        WriteArgs(container);
        if (container.Annotations.OfType<ContainerMountAnnotation>().ToList() is { Count: > 0 } mounts)
        {
            json.WriteStartArray("volumes");
            foreach (var mount in mounts)
            {
                json.WriteStartObject();
                json.WriteString("name", mount.Source);
                json.WriteString("target", mount.Target);
                json.WriteBoolean("readOnly", mount.IsReadOnly);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        WriteEnvironment(container);
        WriteBindings(container);
    }

    private void WriteParameter(ParameterResource parameter)
    {
        json.WriteString("type", "parameter.v0");
        if (parameter is ConnectionStringParameterResource)
        {
            json.WriteString("connectionString", $"{{{parameter.Name}.value}}");
        }

        json.WriteString("value", $"{{{parameter.Name}.inputs.value}}");
        json.WriteStartObject("inputs");
        json.WriteStartObject("value");
        json.WriteString("type", "string");
        if (parameter.Secret)
        {
            json.WriteBoolean("secret", true);
        }

        if (parameter.Default is GenerateParameterDefault generate)
        {
            json.WriteStartObject("default");
            json.WriteStartObject("generate");
            json.WriteNumber("minLength", generate.MinLength);
            if (!generate.Special)
            {
                json.WriteBoolean("special", false);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteArgs(IResource resource)
    {
        if (resource.Annotations.OfType<CommandLineArgsAnnotation>().SelectMany(a => a.Args).ToList() is { Count: > 0 } args)
        {
            json.WriteStartArray("args");
            args.ForEach(arg => json.WriteStringValue(Expression(arg)));
            json.WriteEndArray();
        }
    }

    private void WriteEnvironment(IResource resource)
    {
        var context = new EnvironmentCallbackContext();
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>())
        {
            annotation.Callback(context);
        }

        if (context.EnvironmentVariables.Count > 0)
        {
            json.WriteStartObject("env");
            foreach (var (name, value) in context.EnvironmentVariables)
            {
                json.WriteString(name, Expression(value));
            }

            json.WriteEndObject();
        }
    }

    private void WriteBindings(IResource resource)
    {
        if (resource.Annotations.OfType<EndpointAnnotation>().ToList() is not { Count: > 0 } endpoints)
        {
            return;
        }

        json.WriteStartObject("bindings");
        foreach (var endpoint in endpoints)
        {
            json.WriteStartObject(endpoint.Name);
            json.WriteString("scheme", endpoint.UriScheme);
            json.WriteString("protocol", endpoint.Protocol.ToString().ToLowerInvariant());
            json.WriteString("transport", endpoint.Transport);
            if (endpoint.Port is { } port && port != endpoint.TargetPort)
            {
                json.WriteNumber("port", port);
            }

            if (endpoint.TargetPort is { } targetPort)
            {
                json.WriteNumber("targetPort", targetPort);
            }

            if (endpoint.IsExternal)
            {
                json.WriteBoolean("external", true);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private string Expression(object value)
    {
        _references.Add(value);
        return value is IManifestExpressionProvider expression ? expression.ValueExpression : (string)value;
    }

    private string Relative(string path) => Path.GetRelativePath(directory, path).Replace('\\', '/');
}
