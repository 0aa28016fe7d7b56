using ChatService.Client.Attachments;
using ChatService.Contracts;

namespace ChatService.Tests.Attachments;

/// <summary>Lets a transfer come so far, and holds it there until it may go on, or dies.</summary>
internal sealed class Holding(int chunks) : IProgress<TransferProgress>, IDisposable
{
    private readonly TaskCompletionSource _there = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _go = new();
    private volatile bool _dies;

    /// <summary>The transfer waits.</summary>
    public Task There => _there.Task;

    public void LetGo() => _go.Set();

    /// <summary>As if the process ended here.</summary>
    public void Die()
    {
        _dies = true;
        _go.Set();
    }

    public void Report(TransferProgress value)
    {
        if (value.Transferred < (long)chunks * Limits.AttachmentChunk)
            return;
        _there.TrySetResult();
        _go.Wait(TestContext.Current.CancellationToken);
        if (_dies)
            throw new IOException("The process is dead.");
    }

    public void Dispose() => _go.Dispose();
}
