using ChatService.Client.Storage;

namespace ChatService.Client.Encryption.Sessions;

/// <summary>Reads and writes sessions within a transaction. The skipped keys are apart from the sessions, since most messages need none.</summary>
internal readonly struct SessionStore(IChatTransaction transaction)
{
    public async ValueTask<SessionSet> LoadAsync(Guid deviceId, CancellationToken ct) =>
        await transaction.GetAsync(StoreTables.Sessions, Key(deviceId), ct) is { } state ? SessionSet.Read(state) : new();

    public async ValueTask<bool> AnyAsync(Guid deviceId, CancellationToken ct) =>
        await transaction.GetAsync(StoreTables.Sessions, Key(deviceId), ct) is not null;

    public async ValueTask SaveAsync(Guid deviceId, SessionSet sessions, CancellationToken ct)
    {
        using var writer = sessions.Write();
        await transaction.PutAsync(StoreTables.Sessions, Key(deviceId), writer.Written, ct);
    }

    public async ValueTask<SkippedKeys> LoadSkippedAsync(Guid deviceId, Session session, CancellationToken ct) =>
        session.SkippedCount > 0 && await transaction.GetAsync(StoreTables.SkippedKeys, SkippedKey(deviceId, session), ct) is { } state
            ? SkippedKeys.Read(state)
            : SkippedKeys.Empty();

    public async ValueTask SaveSkippedAsync(Guid deviceId, Session session, SkippedKeys skipped, CancellationToken ct)
    {
        if (!skipped.Changed)
            return;
        if (skipped.Count == 0)
        {
            await DeleteSkippedAsync(deviceId, session, ct);
            return;
        }

        using var writer = skipped.Write();
        await transaction.PutAsync(StoreTables.SkippedKeys, SkippedKey(deviceId, session), writer.Written, ct);
    }

    public ValueTask DeleteSkippedAsync(Guid deviceId, Session session, CancellationToken ct) =>
        transaction.DeleteAsync(StoreTables.SkippedKeys, SkippedKey(deviceId, session), ct);

    /// <summary>Forgets every session with a device.</summary>
    public async ValueTask DeleteAllAsync(Guid deviceId, CancellationToken ct)
    {
        foreach (var (key, _) in await transaction.ListPrefixAsync(StoreTables.SkippedKeys, Key(deviceId) + "/", ct))
            await transaction.DeleteAsync(StoreTables.SkippedKeys, key, ct);
        await transaction.DeleteAsync(StoreTables.Sessions, Key(deviceId), ct);
    }

    private static string Key(Guid deviceId) => deviceId.ToString("N");

    private static string SkippedKey(Guid deviceId, Session session) => $"{deviceId:N}/{session.StoreKey}";
}
