namespace ChatService.Client.Storage;

/// <summary>A key with its value, ordered by the key alone.</summary>
internal readonly record struct StoredEntry(string Key, byte[] Value) : IComparable<StoredEntry>
{
    public int CompareTo(StoredEntry other) => string.CompareOrdinal(Key, other.Key);

    public static bool operator <(StoredEntry left, StoredEntry right) => left.CompareTo(right) < 0;
    public static bool operator >(StoredEntry left, StoredEntry right) => left.CompareTo(right) > 0;
    public static bool operator <=(StoredEntry left, StoredEntry right) => left.CompareTo(right) <= 0;
    public static bool operator >=(StoredEntry left, StoredEntry right) => left.CompareTo(right) >= 0;
}
