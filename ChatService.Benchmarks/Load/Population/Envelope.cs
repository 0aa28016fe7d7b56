using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using ChatService.Contracts;

namespace ChatService.Benchmarks.Load.Population;

/// <summary>
/// An envelope laid out as protocol section 5 says, with random bytes where the ciphertext would be. The message id carries
/// the moment of sending, which is how its receivers know how long it took.
/// </summary>
internal sealed class Envelope
{
    private const int MessageIdOffset = 18;
    private const int CiphertextLength = 3 * Limits.PaddingBlock;
    private const ulong TimeMask = (1UL << 62) - 1;

    private readonly byte[] _bytes;

    public Envelope(LoadRoom room, Member sender)
    {
        var recipients = room.Members.Where(member => member != sender).ToList();
        _bytes = RandomNumberGenerator.GetBytes(
            EnvelopeHeader.FixedLength + (recipients.Count * EnvelopeHeader.MessageWrapLength) + CiphertextLength);
        _bytes[0] = 1;
        _bytes[1] = 1;
        sender.DeviceId.TryWriteBytes(_bytes.AsSpan(2), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(EnvelopeHeader.FixedLength - 2), (ushort)recipients.Count);
        for (var i = 0; i < recipients.Count; i++)
        {
            var wrap = _bytes.AsSpan(EnvelopeHeader.FixedLength + (i * EnvelopeHeader.MessageWrapLength));
            recipients[i].DeviceId.TryWriteBytes(wrap, bigEndian: true, out _);
            wrap[16] = 1;
        }
    }

    public static string Nonce { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Limits.NonceLength));

    public static string AuthTag { get; } = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Limits.AuthTagLength));

    public byte[] Template => _bytes;

    /// <summary>The encryptedContent of a message that is sent now.</summary>
    public string Next(long timestamp)
    {
        // A UUIDv7 whose random bits after the milliseconds are the clock's; one device sends one message at a time.
        var id = _bytes.AsSpan(MessageIdOffset, 16);
        BinaryPrimitives.WriteUInt64BigEndian(id, ((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << 16) | 0x7000 | (BinaryPrimitives.ReadUInt16BigEndian(_bytes.AsSpan(16)) & 0x0fffUL));
        BinaryPrimitives.WriteUInt64BigEndian(id[8..], (1UL << 63) | ((ulong)timestamp & TimeMask));
        return Convert.ToBase64String(_bytes);
    }

    public static TimeSpan AgeOf(Guid messageId)
    {
        Span<byte> id = stackalloc byte[16];
        messageId.TryWriteBytes(id, bigEndian: true, out _);
        return Stopwatch.GetElapsedTime((long)(BinaryPrimitives.ReadUInt64BigEndian(id[8..]) & TimeMask));
    }
}
