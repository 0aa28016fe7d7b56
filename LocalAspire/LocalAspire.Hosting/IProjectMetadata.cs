namespace Aspire.Hosting;

public interface IProjectMetadata : ApplicationModel.IResourceAnnotation
{
    /// <summary>The full path of the project file.</summary>
    string ProjectPath { get; }

    bool SuppressBuild => false;
}

/// <summary>Where the build put the project's program. Generated beside <see cref="IProjectMetadata"/>.</summary>
public interface IBuiltProject
{
    string TargetPath { get; }
}
