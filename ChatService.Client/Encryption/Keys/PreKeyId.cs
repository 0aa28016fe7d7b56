using System.Buffers.Binary;

namespace ChatService.Client.Encryption.Keys;

/// <summary>Prekey ids: unsigned 32-bit, from a random start upwards, never twice for a device.</summary>
internal static class PreKeyId
{
    /// <summary>Stands for "no one-time prekey" in a prekey header.</summary>
    public const uint None = 0xFFFFFFFF;

    /// <summary>In the lower half of the range, so that two thousand million ids remain.</summary>
    public static uint RandomStart(IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[4];
        random.Fill(bytes);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes) & 0x7FFFFFFF;
    }

    public static string StoreKey(uint id) => id.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
}
