using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatService.Client.Storage;

namespace ChatService.Client;

/// <summary>Numbers and JSON in a store, and the keys that keep numbers in order.</summary>
internal static class StoreValues
{
    public static string Key(long number) => number.ToString("x16", CultureInfo.InvariantCulture);

    public static string Key(Guid id) => id.ToString("N");

    public static string Key(Guid id, long number) => $"{id:N}/{Key(number)}";

    public static string Key(Guid id, Guid second) => $"{id:N}/{second:N}";

    /// <summary>The number at the end of a key that was made of one.</summary>
    public static long NumberOf(string key) => long.Parse(key.AsSpan(key.Length - 16), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public static async ValueTask<T?> GetJsonAsync<T>(
        this IChatTransaction transaction, string table, string key, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class =>
        await transaction.GetAsync(table, key, ct) is { } value ? JsonSerializer.Deserialize(value, type) : null;

    public static ValueTask PutJsonAsync<T>(
        this IChatTransaction transaction, string table, string key, T value, JsonTypeInfo<T> type, CancellationToken ct) =>
        transaction.PutAsync(table, key, JsonSerializer.SerializeToUtf8Bytes(value, type), ct);

    public static async ValueTask<long?> GetNumberAsync(this IChatTransaction transaction, string table, string key, CancellationToken ct) =>
        await transaction.GetAsync(table, key, ct) is { Length: 8 } value ? BinaryPrimitives.ReadInt64BigEndian(value) : null;

    public static ValueTask PutNumberAsync(this IChatTransaction transaction, string table, string key, long number, CancellationToken ct)
    {
        var value = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(value, number);
        return transaction.PutAsync(table, key, value, ct);
    }

    /// <summary>1, 2, 3, … per name, within the transaction.</summary>
    public static async ValueTask<long> NextAsync(this IChatTransaction transaction, string counter, CancellationToken ct)
    {
        var next = (await transaction.GetNumberAsync(ClientTables.Counters, counter, ct) ?? 0) + 1;
        await transaction.PutNumberAsync(ClientTables.Counters, counter, next, ct);
        return next;
    }
}
