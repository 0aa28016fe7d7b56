using System.Globalization;
using System.Security.Cryptography;
using ChatService.Client.Encryption.Keys;

namespace ChatService.Client.Encryption.SafetyNumbers;

/// <summary>The 60 digits that two users compare to know that nobody is between them (protocol §6).</summary>
public static class SafetyNumber
{
    private const int Iterations = 5200;
    private const int HalfDigits = 30;

    /// <summary>60 digits, the same for both users. Deliberately slow: some milliseconds.</summary>
    public static string Compute(Guid userId, IReadOnlyCollection<DeviceIdentity> devices, Guid otherUserId, IReadOnlyCollection<DeviceIdentity> otherDevices)
    {
        var (half, otherHalf) = (ComputeHalf(userId, devices), ComputeHalf(otherUserId, otherDevices));
        return string.CompareOrdinal(half, otherHalf) <= 0 ? half + otherHalf : otherHalf + half;
    }

    /// <summary>One user's 30 digits, of the user's active devices in any order.</summary>
    public static string ComputeHalf(Guid userId, IReadOnlyCollection<DeviceIdentity> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        if (devices.Count == 0)
            throw new ArgumentException("A user without devices has no safety number.", nameof(devices));

        var encoded = devices.Select(device => device.Encoded.ToArray()).ToArray();
        Array.Sort(encoded, (left, right) => left.AsSpan().SequenceCompareTo(right));
        byte[] keys = [.. encoded.SelectMany(key => key)];

        // hash ‖ keys in one buffer, so that the 5,200 rounds allocate nothing.
        var input = new byte[SHA512.HashSizeInBytes + keys.Length];
        keys.CopyTo(input, SHA512.HashSizeInBytes);
        SHA512.HashData([0, 0, .. keys, .. userId.ToByteArray(bigEndian: true), .. keys], input);
        for (var i = 1; i < Iterations; i++)
            SHA512.HashData(input, input.AsSpan(0, SHA512.HashSizeInBytes));

        return string.Create(HalfDigits, input, static (digits, hash) =>
        {
            for (var i = 0; i < HalfDigits / 5; i++)
            {
                ulong group = 0;
                foreach (var b in hash.AsSpan(i * 5, 5))
                    group = (group << 8) | b;
                (group % 100_000).TryFormat(digits[(i * 5)..], out _, "D5", CultureInfo.InvariantCulture);
            }
        });
    }

    /// <summary>In groups of five, as people read them to each other.</summary>
    public static string Format(string safetyNumber)
    {
        ArgumentNullException.ThrowIfNull(safetyNumber);
        return string.Join(' ', safetyNumber.Chunk(5).Select(group => new string(group)));
    }
}
