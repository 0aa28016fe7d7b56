using System.Buffers.Binary;
using ChatService.Client.Encryption.Sessions;
using ChatService.Contracts;

namespace ChatService.Client.Encryption.Envelopes;

/// <summary>
/// A parsed <c>encryptedContent</c> (protocol §5): slices of the bytes it was parsed from, with every length checked.
/// Nothing in it is authenticated before <see cref="MessageOpener"/> has opened it.
/// </summary>
public readonly struct Envelope
{
    private readonly ReadOnlyMemory<byte> _wraps;

    private Envelope(ReadOnlyMemory<byte> bytes, int wrapCount, int wrapsSize)
    {
        var span = bytes.Span;
        SenderDeviceId = new Guid(span.Slice(EnvelopeLayout.SenderOffset, 16), bigEndian: true);
        MessageId = new Guid(span.Slice(EnvelopeLayout.MessageIdOffset, 16), bigEndian: true);
        Commitment = bytes.Slice(EnvelopeLayout.CommitmentOffset, EnvelopeLayout.CommitmentSize);
        WrapCount = wrapCount;
        _wraps = bytes.Slice(EnvelopeLayout.HeaderSize, wrapsSize);
        Ciphertext = bytes[(EnvelopeLayout.HeaderSize + wrapsSize)..];
    }

    public Guid SenderDeviceId { get; }

    /// <summary>A UUIDv7 made by the sender.</summary>
    public Guid MessageId { get; }

    /// <summary>32 bytes that tie the ciphertext to one key.</summary>
    public ReadOnlyMemory<byte> Commitment { get; }

    public int WrapCount { get; }

    /// <summary>The content's ciphertext, a positive multiple of 160 bytes.</summary>
    public ReadOnlyMemory<byte> Ciphertext { get; }

    /// <exception cref="EncryptionException">Malformed, UnsupportedVersion or TooLarge.</exception>
    public static Envelope Parse(ReadOnlyMemory<byte> encryptedContent)
    {
        var bytes = encryptedContent.Span;
        if (bytes.IsEmpty)
            throw EncryptionException.Malformed("envelope");
        if (bytes[0] > EnvelopeLayout.Version || (bytes.Length > 1 && bytes[1] > EnvelopeLayout.PairwiseKind))
            throw new EncryptionException(EncryptionError.UnsupportedVersion, "The message was made by a later version of the protocol: update to read it.");
        if (bytes.Length < EnvelopeLayout.HeaderSize || bytes[0] != EnvelopeLayout.Version || bytes[1] != EnvelopeLayout.PairwiseKind)
            throw EncryptionException.Malformed("envelope");
        if (!EnvelopeLayout.FitsLimit(bytes.Length))
            throw new EncryptionException(EncryptionError.TooLarge, "The envelope is larger than 256 KiB.");

        int count = BinaryPrimitives.ReadUInt16BigEndian(bytes[EnvelopeLayout.WrapCountOffset..]);
        if (count > Limits.DevicesPerConversation)
            throw new EncryptionException(EncryptionError.TooLarge, $"The envelope is for more than {Limits.DevicesPerConversation} devices.");
        var wrapsSize = 0;
        var rest = bytes[EnvelopeLayout.HeaderSize..];
        for (var i = 0; i < count; i++)
        {
            var size = WrapSize(rest[wrapsSize..]);
            if (rest.Length - wrapsSize < size)
                throw EncryptionException.Malformed("envelope");
            wrapsSize += size;
        }

        var ciphertextSize = rest.Length - wrapsSize;
        if (ciphertextSize == 0 || ciphertextSize % Padding.Block != 0)
            throw EncryptionException.Malformed("envelope");
        return new(encryptedContent, count, wrapsSize);
    }

    /// <summary>The devices that it is for, in the envelope's order.</summary>
    public IEnumerable<Guid> RecipientDeviceIds()
    {
        for (var offset = 0; offset < _wraps.Length; offset += WrapSize(_wraps.Span[offset..]))
            yield return new Guid(_wraps.Span.Slice(offset, 16), bigEndian: true);
    }

    internal Wrap WrapFor(Guid deviceId)
    {
        Wrap? found = null;
        for (var offset = 0; offset < _wraps.Length;)
        {
            var size = WrapSize(_wraps.Span[offset..]);
            if (new Guid(_wraps.Span.Slice(offset, 16), bigEndian: true) == deviceId)
            {
                if (found is not null)
                    throw EncryptionException.Malformed("envelope");
                found = ReadWrap(_wraps.Slice(offset, size));
            }

            offset += size;
        }

        return found ?? throw new EncryptionException(EncryptionError.NotForThisDevice, "The message was not sent to this device.");
    }

    private static Wrap ReadWrap(ReadOnlyMemory<byte> wrap)
    {
        var body = wrap[17..];
        return wrap.Span[16] == EnvelopeLayout.PreKeyWrap
            ? new(PreKeyHeader.Parse(body[..PreKeyHeader.Size]), body[PreKeyHeader.Size..])
            : new(null, body);
    }

    private static int WrapSize(ReadOnlySpan<byte> wrap) => wrap.Length < 17 ? throw EncryptionException.Malformed("envelope") : wrap[16] switch
    {
        EnvelopeLayout.RatchetWrap => EnvelopeLayout.RatchetWrapSize,
        EnvelopeLayout.PreKeyWrap => EnvelopeLayout.PreKeyWrapSize,
        _ => throw EncryptionException.Malformed("envelope"),
    };
}
