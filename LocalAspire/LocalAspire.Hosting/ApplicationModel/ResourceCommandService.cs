using Aspire.Hosting.Run;

namespace Aspire.Hosting.ApplicationModel;

public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }
    public string? Message { get; init; }
}

/// <summary>Starts and stops single resources of a running stack.</summary>
public sealed class ResourceCommandService
{
    private readonly Orchestrator _orchestrator;

    internal ResourceCommandService(Orchestrator orchestrator) => _orchestrator = orchestrator;

    /// <summary>
    /// A stop is complete when this returns. A start has begun: wait with
    /// <see cref="ResourceNotificationService.WaitForResourceHealthyAsync"/> for the rest.
    /// </summary>
    public async Task<ExecuteCommandResult> ExecuteCommandAsync(
        string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        if (_orchestrator.Find(resourceId) is not { } runner)
        {
            return new() { Success = false, Message = $"There is no resource '{resourceId}' that can be started or stopped." };
        }

        if (commandName != KnownResourceCommands.StartCommand
            && commandName != KnownResourceCommands.StopCommand
            && commandName != KnownResourceCommands.RestartCommand)
        {
            return new() { Success = false, Message = $"'{resourceId}' has no command '{commandName}'." };
        }

        if (commandName != KnownResourceCommands.StartCommand)
        {
            await runner.StopAsync(cancellationToken);
        }

        if (commandName != KnownResourceCommands.StopCommand)
        {
            runner.Start();
        }

        return new() { Success = true };
    }

    public Task<ExecuteCommandResult> ExecuteCommandAsync(
        IResource resource, string commandName, CancellationToken cancellationToken = default) =>
        ExecuteCommandAsync(resource.Name, commandName, cancellationToken);
}
