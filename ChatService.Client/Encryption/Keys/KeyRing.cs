using System.Globalization;
using ChatService.Client.Encryption.Primitives;
using ChatService.Client.Storage;

namespace ChatService.Client.Encryption.Keys;

/// <summary>Reads and writes a device's own keys within a transaction.</summary>
internal readonly struct KeyRing(IChatTransaction transaction)
{
    private const string StateKey = "own";

    public async ValueTask<bool> ExistsAsync(CancellationToken ct) =>
        await transaction.GetAsync(StoreTables.DeviceKeys, StateKey, ct) is not null;

    public async ValueTask<DeviceKeyState> StateAsync(CancellationToken ct) =>
        await transaction.GetAsync(StoreTables.DeviceKeys, StateKey, ct) is { } state
            ? DeviceKeyState.Read(state)
            : throw new EncryptionException(EncryptionError.NoDeviceKeys, "This device has no keys yet: create them and register the device first.");

    public async ValueTask SaveAsync(DeviceKeyState state, CancellationToken ct)
    {
        using var writer = state.Write();
        await transaction.PutAsync(StoreTables.DeviceKeys, StateKey, writer.Written, ct);
    }

    public async ValueTask<StoredPreKey?> SignedPreKeyAsync(uint id, CancellationToken ct) =>
        await transaction.GetAsync(StoreTables.SignedPreKeys, PreKeyId.StoreKey(id), ct) is { } state
            ? StoredPreKey.Read(state, Curve25519.KeySize, Curve25519.KeySize)
            : null;

    public async ValueTask<StoredPreKey?> KemPreKeyAsync(uint id, CancellationToken ct) =>
        await transaction.GetAsync(StoreTables.KemPreKeys, PreKeyId.StoreKey(id), ct) is { } state
            ? StoredPreKey.Read(state, MlKem768.SeedSize, MlKem768.PublicKeySize)
            : null;

    public ValueTask SaveSignedPreKeyAsync(StoredPreKey key, CancellationToken ct) => SaveAsync(StoreTables.SignedPreKeys, key, ct);

    public ValueTask SaveKemPreKeyAsync(StoredPreKey key, CancellationToken ct) => SaveAsync(StoreTables.KemPreKeys, key, ct);

    private async ValueTask SaveAsync(string table, StoredPreKey key, CancellationToken ct)
    {
        using var writer = key.Write();
        await transaction.PutAsync(table, PreKeyId.StoreKey(key.Public.Id), writer.Written, ct);
    }

    public ValueTask<byte[]?> OneTimePreKeyAsync(uint id, CancellationToken ct) =>
        transaction.GetAsync(StoreTables.OneTimePreKeys, PreKeyId.StoreKey(id), ct);

    public ValueTask SaveOneTimePreKeyAsync(uint id, byte[] privateKey, CancellationToken ct) =>
        transaction.PutAsync(StoreTables.OneTimePreKeys, PreKeyId.StoreKey(id), privateKey, ct);

    public ValueTask DeleteOneTimePreKeyAsync(uint id, CancellationToken ct) =>
        transaction.DeleteAsync(StoreTables.OneTimePreKeys, PreKeyId.StoreKey(id), ct);

    /// <summary>Deletes the private halves that were replaced before <paramref name="limit"/>, and with a signed prekey the memory of the sessions begun on it.</summary>
    public async ValueTask<int> DeleteSupersededBeforeAsync(DateTimeOffset limit, CancellationToken ct)
    {
        var deleted = 0;
        foreach (var (table, privateSize, publicSize) in new[]
        {
            (StoreTables.SignedPreKeys, Curve25519.KeySize, Curve25519.KeySize),
            (StoreTables.KemPreKeys, MlKem768.SeedSize, MlKem768.PublicKeySize),
        })
        {
            List<uint> expired = [];
            await foreach (var (_, state) in transaction.ListAsync(table, "", null, ct: ct))
            {
                var key = StoredPreKey.Read(state, privateSize, publicSize);
                key.Zero();
                if (key.SupersededAt < limit)
                    expired.Add(key.Public.Id);
            }

            foreach (var id in expired)
            {
                await transaction.DeleteAsync(table, PreKeyId.StoreKey(id), ct);
                if (table == StoreTables.SignedPreKeys)
                    await ForgetSeenSessionsAsync(id, ct);
            }

            deleted += expired.Count;
        }

        return deleted;
    }

    public async ValueTask<bool> HasSeenAsync(uint signedPreKeyId, string session, CancellationToken ct) =>
        await transaction.GetAsync(StoreTables.SeenSessions, SeenKey(signedPreKeyId, session), ct) is not null;

    public ValueTask RememberAsync(uint signedPreKeyId, string session, CancellationToken ct) =>
        transaction.PutAsync(StoreTables.SeenSessions, SeenKey(signedPreKeyId, session), ReadOnlyMemory<byte>.Empty, ct);

    private async ValueTask ForgetSeenSessionsAsync(uint signedPreKeyId, CancellationToken ct)
    {
        foreach (var (key, _) in await transaction.ListPrefixAsync(StoreTables.SeenSessions, SeenKey(signedPreKeyId, ""), ct))
            await transaction.DeleteAsync(StoreTables.SeenSessions, key, ct);
    }

    private static string SeenKey(uint signedPreKeyId, string session) =>
        string.Create(CultureInfo.InvariantCulture, $"{signedPreKeyId:x8}/{session}");
}
