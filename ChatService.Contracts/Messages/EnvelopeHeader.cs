using System.Buffers.Binary;

namespace ChatService.Contracts;

/// <summary>
/// What anyone can read of an envelope without a key (protocol section 5): who sent it, its id and for which devices it
/// is sealed. Parsing checks every length, so that what the server stores is well formed.
/// </summary>
public readonly ref struct EnvelopeHeader
{
    /// <summary>Bytes before the wraps: version, kind, sender device id, message id, commitment, number of wraps.</summary>
    public const int FixedLength = 1 + 1 + 16 + 16 + 32 + 2;

    /// <summary>Bytes of a wrap for an established session.</summary>
    public const int MessageWrapLength = 16 + 1 + 41 + 32 + 16;

    /// <summary>Bytes of a wrap that also carries the 1,198-byte prekey header.</summary>
    public const int PreKeyWrapLength = MessageWrapLength + 1198;

    private readonly ReadOnlySpan<byte> _wraps;

    private EnvelopeHeader(ReadOnlySpan<byte> bytes, int wrapCount, int wrapsLength)
    {
        SenderDeviceId = new Guid(bytes.Slice(2, 16), bigEndian: true);
        MessageId = new Guid(bytes.Slice(18, 16), bigEndian: true);
        WrapCount = wrapCount;
        _wraps = bytes.Slice(FixedLength, wrapsLength);
    }

    public Guid SenderDeviceId { get; }

    public Guid MessageId { get; }

    public int WrapCount { get; }

    /// <summary>Reads the header. False when the version, the kind, a wrap type or any length is not as the protocol says.</summary>
    /// <param name="encryptedContent">The decoded bytes of encryptedContent, without the detached authentication tag.</param>
    public static bool TryParse(ReadOnlySpan<byte> encryptedContent, out EnvelopeHeader header)
    {
        header = default;
        if (encryptedContent.Length < FixedLength || encryptedContent[0] != 1 || encryptedContent[1] != 1)
        {
            return false;
        }

        int wrapCount = BinaryPrimitives.ReadUInt16BigEndian(encryptedContent[(FixedLength - 2)..]);
        if (wrapCount > Limits.DevicesPerConversation)
        {
            return false;
        }

        var offset = FixedLength;
        for (var i = 0; i < wrapCount; i++)
        {
            var length = encryptedContent.Length - offset < MessageWrapLength ? 0 : WrapLength(encryptedContent[offset + 16]);
            if (length == 0 || encryptedContent.Length - offset < length)
            {
                return false;
            }

            offset += length;
        }

        // Content is padded to whole blocks, and there is always at least one.
        var ciphertext = encryptedContent.Length - offset;
        if (ciphertext == 0 || ciphertext % Limits.PaddingBlock != 0)
        {
            return false;
        }

        header = new EnvelopeHeader(encryptedContent, wrapCount, offset - FixedLength);
        return true;
    }

    /// <summary>Copies the recipients' device ids, in the envelope's order. <paramref name="destination"/> holds at least <see cref="WrapCount"/>.</summary>
    public void CopyRecipients(Span<Guid> destination)
    {
        var rest = _wraps;
        for (var i = 0; i < WrapCount; i++)
        {
            destination[i] = new Guid(rest[..16], bigEndian: true);
            rest = rest[WrapLength(rest[16])..];
        }
    }

    private static int WrapLength(byte type) => type switch
    {
        1 => MessageWrapLength,
        2 => PreKeyWrapLength,
        _ => 0,
    };
}
