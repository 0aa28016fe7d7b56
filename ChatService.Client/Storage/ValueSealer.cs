using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Storage;

/// <summary>
/// Seals what a store writes: <c>01 ‖ nonce (12) ‖ AES-256-GCM ciphertext ‖ tag (16)</c>, with table and key as associated data,
/// so that a value can be neither read nor changed nor put in another's place. Old values of the same key are not told from new ones.
/// </summary>
public sealed class ValueSealer : IDisposable
{
    /// <summary>What a sealed value is longer than its plaintext.</summary>
    public const int Overhead = 1 + AesGcmSizes.Nonce + AesGcmSizes.Tag;

    private const byte Format = 1;

    private readonly byte[] _key;
    private readonly IAesGcm _aes;
    private readonly IRandomSource _random;

    /// <param name="key">32 bytes; copied.</param>
    public ValueSealer(ReadOnlySpan<byte> key, IAesGcm? aes = null, IRandomSource? random = null)
    {
        if (key.Length != AesGcmSizes.Key)
            throw new ArgumentException($"A store key has {AesGcmSizes.Key} bytes.", nameof(key));
        (_key, _aes, _random) = (key.ToArray(), aes ?? PlatformAesGcm.Default, random ?? SystemRandomSource.Instance);
    }

    public byte[] Seal(string table, string key, ReadOnlySpan<byte> value)
    {
        var sealedValue = new byte[value.Length + Overhead];
        sealedValue[0] = Format;
        var nonce = sealedValue.AsSpan(1, AesGcmSizes.Nonce);
        _random.Fill(nonce);
        _aes.Encrypt(
            _key, nonce, value, sealedValue.AsSpan(1 + AesGcmSizes.Nonce, value.Length), sealedValue.AsSpan(sealedValue.Length - AesGcmSizes.Tag), AssociatedData(table, key));
        return sealedValue;
    }

    /// <exception cref="ChatStoreException"><see cref="ChatStoreError.Tampered"/></exception>
    public byte[] Open(string table, string key, ReadOnlySpan<byte> sealedValue)
    {
        if (sealedValue.Length >= Overhead && sealedValue[0] == Format)
        {
            var value = new byte[sealedValue.Length - Overhead];
            if (_aes.TryDecrypt(
                _key, sealedValue.Slice(1, AesGcmSizes.Nonce), sealedValue[(1 + AesGcmSizes.Nonce)..^AesGcmSizes.Tag], sealedValue[^AesGcmSizes.Tag..], value, AssociatedData(table, key)))
                return value;
        }

        throw new ChatStoreException(ChatStoreError.Tampered, $"A value in the table '{table}' was changed outside of the store.");
    }

    public void Dispose() => CryptographicOperations.ZeroMemory(_key);

    private static byte[] AssociatedData(string table, string key)
    {
        var tableSize = Encoding.UTF8.GetByteCount(table);
        byte[] data = [.. "ChatService_STORE_v1\0"u8, 0, 0, .. Encoding.UTF8.GetBytes(table), .. Encoding.UTF8.GetBytes(key)];
        BinaryPrimitives.WriteUInt16BigEndian(data.AsSpan(21), checked((ushort)tableSize));
        return data;
    }
}
