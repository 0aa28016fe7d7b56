namespace ChatService.Client.Storage;

/// <summary>
/// Where a device keeps everything: keys, sessions and decrypted messages, as small values in named tables.
/// One transaction covers all of it, so that a ratchet's step and the message it opened are saved together or not at all.
/// </summary>
public interface IChatStore : IAsyncDisposable
{
    /// <summary>Waits for its turn (one transaction at a time) and begins. Dispose of the transaction to let the next one in.</summary>
    ValueTask<IChatTransaction> BeginAsync(CancellationToken ct = default);
}
