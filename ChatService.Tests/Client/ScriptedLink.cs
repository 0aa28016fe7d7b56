using ChatService.Client.Connection;
using ChatService.Contracts;

namespace ChatService.Tests.Client;

/// <summary>A connection that ends, and wants to be replaced, when the test says so.</summary>
internal sealed class ScriptedLink(IChatHub? hub = null) : IHubLink
{
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _replacementDue = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IChatHub Hub => hub!;

    public Task<Exception?> Closed => _closed.Task;

    public Task ReplacementDue => _replacementDue.Task;

    public void Lose() => _closed.TrySetResult(new IOException("The connection was lost."));

    public void AskForReplacement() => _replacementDue.TrySetResult();

    public ValueTask DisposeAsync()
    {
        _closed.TrySetResult(null);
        return ValueTask.CompletedTask;
    }
}
