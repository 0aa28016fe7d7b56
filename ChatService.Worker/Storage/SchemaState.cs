namespace ChatService.Worker.Storage;

/// <summary>Whether the schema is the one that this version needs.</summary>
internal sealed class SchemaState
{
    private readonly TaskCompletionSource _current = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsCurrent => _current.Task.IsCompleted;

    public void Migrated() => _current.TrySetResult();

    public Task WhenCurrentAsync(CancellationToken cancellationToken) => _current.Task.WaitAsync(cancellationToken);
}
