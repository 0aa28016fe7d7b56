using ChatService.Client.Encryption;
using ChatService.Client.Storage;

namespace ChatService.Client.Devices;

/// <summary>
/// Takes a retired device's keys and sessions out of the store, and what was sealed with them: nobody seals to it any more,
/// and its successor has none of them. Messages, contacts and what was verified stay.
/// </summary>
internal static class DeviceReplacement
{
    private static readonly string[] Tables =
    [
        StoreTables.DeviceKeys, StoreTables.SignedPreKeys, StoreTables.KemPreKeys, StoreTables.OneTimePreKeys,
        StoreTables.SeenSessions, StoreTables.Sessions, StoreTables.SkippedKeys, ClientTables.OutboxSealed,
    ];

    public static async Task ClearAsync(IChatTransaction transaction, CancellationToken ct)
    {
        foreach (var table in Tables)
        {
            List<string> keys = [];
            await foreach (var (key, _) in transaction.ListAsync(table, "", null, ct: ct))
                keys.Add(key);
            foreach (var key in keys)
                await transaction.DeleteAsync(table, key, ct);
        }
    }
}
