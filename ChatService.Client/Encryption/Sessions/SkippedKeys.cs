using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace ChatService.Client.Encryption.Sessions;

/// <summary>Message keys of messages that were overtaken, oldest first (protocol §4): at most 2,000 for a session.</summary>
internal sealed class SkippedKeys
{
    public const int Limit = 2000;

    private const byte Format = 1;

    private readonly List<SkippedKey> _keys;

    private SkippedKeys(List<SkippedKey> keys) => _keys = keys;

    public int Count => _keys.Count;

    public bool Changed { get; private set; }

    public static SkippedKeys Empty() => new([]);

    public SkippedKeys Clone() => new([.. _keys]) { Changed = Changed };

    public bool KnowsChain(ReadOnlySpan<byte> ratchetKey)
    {
        foreach (ref readonly var key in CollectionsMarshal.AsSpan(_keys))
        {
            if (ratchetKey.SequenceEqual(key.RatchetKey))
                return true;
        }

        return false;
    }

    public byte[]? Find(ReadOnlySpan<byte> ratchetKey, uint number)
    {
        var index = IndexOf(ratchetKey, number);
        return index < 0 ? null : _keys[index].MessageKey;
    }

    public void Remove(ReadOnlySpan<byte> ratchetKey, uint number)
    {
        var index = IndexOf(ratchetKey, number);
        _keys.RemoveAt(index);
        Changed = true;
    }

    public void Add(byte[] ratchetKey, uint number, byte[] messageKey)
    {
        _keys.Add(new(ratchetKey, number, messageKey));
        Changed = true;
    }

    /// <summary>Drops the oldest beyond the limit. They are not zeroed: a clone may still share them.</summary>
    public void Trim()
    {
        if (_keys.Count > Limit)
            _keys.RemoveRange(0, _keys.Count - Limit);
    }

    private int IndexOf(ReadOnlySpan<byte> ratchetKey, uint number)
    {
        var keys = CollectionsMarshal.AsSpan(_keys);
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Number == number && ratchetKey.SequenceEqual(keys[i].RatchetKey))
                return i;
        }

        return -1;
    }

    public StateWriter Write()
    {
        var writer = new StateWriter(Format, 8 + (_keys.Count * SkippedKey.Size));
        writer.UInt32((uint)_keys.Count);
        foreach (var key in _keys)
        {
            writer.Bytes(key.RatchetKey);
            writer.UInt32(key.Number);
            writer.Bytes(key.MessageKey);
        }

        return writer;
    }

    public static SkippedKeys Read(byte[] state)
    {
        var reader = new StateReader(state, Format);
        var keys = new List<SkippedKey>(reader.Count(Limit));
        for (var i = keys.Capacity; i > 0; i--)
            keys.Add(new(reader.Bytes(32), reader.UInt32(), reader.Bytes(32)));
        reader.End();
        CryptographicOperations.ZeroMemory(state);
        return new(keys);
    }
}
