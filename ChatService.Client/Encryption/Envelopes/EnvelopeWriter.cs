using System.Buffers.Binary;
using ChatService.Client.Encryption.Sessions;

namespace ChatService.Client.Encryption.Envelopes;

/// <summary>Writes what <see cref="Envelope"/> reads.</summary>
internal static class EnvelopeWriter
{
    public static int WrapSize(Session session) =>
        session.PendingPreKeyHeader is null ? EnvelopeLayout.RatchetWrapSize : EnvelopeLayout.PreKeyWrapSize;

    public static void WriteHeader(Span<byte> envelope, Guid senderDeviceId, Guid messageId, ReadOnlySpan<byte> commitment, int wrapCount)
    {
        envelope[0] = EnvelopeLayout.Version;
        envelope[1] = EnvelopeLayout.PairwiseKind;
        senderDeviceId.TryWriteBytes(envelope[EnvelopeLayout.SenderOffset..], bigEndian: true, out _);
        messageId.TryWriteBytes(envelope[EnvelopeLayout.MessageIdOffset..], bigEndian: true, out _);
        commitment.CopyTo(envelope[EnvelopeLayout.CommitmentOffset..]);
        BinaryPrimitives.WriteUInt16BigEndian(envelope[EnvelopeLayout.WrapCountOffset..], (ushort)wrapCount);
    }

    /// <summary>The same envelope with another wrap instead of its own: what binds a wrap to it does not depend on the others.</summary>
    /// <exception cref="EncryptionException">Malformed, UnsupportedVersion, TooLarge.</exception>
    public static byte[] Rewrapped(ReadOnlyMemory<byte> encryptedContent, ReadOnlySpan<byte> wrap)
    {
        var envelope = Envelope.Parse(encryptedContent);
        var rewrapped = new byte[EnvelopeLayout.HeaderSize + wrap.Length + envelope.Ciphertext.Length];
        WriteHeader(rewrapped, envelope.SenderDeviceId, envelope.MessageId, envelope.Commitment.Span, wrapCount: 1);
        wrap.CopyTo(rewrapped.AsSpan(EnvelopeLayout.HeaderSize));
        envelope.Ciphertext.Span.CopyTo(rewrapped.AsSpan(EnvelopeLayout.HeaderSize + wrap.Length));
        return rewrapped;
    }

    /// <summary>Writes a wrap up to its ratchet message, whose place is returned, and moves <paramref name="rest"/> behind it.</summary>
    public static Span<byte> WriteWrap(ref Span<byte> rest, Guid recipientDeviceId, Session session)
    {
        var wrap = rest[..WrapSize(session)];
        rest = rest[wrap.Length..];
        recipientDeviceId.TryWriteBytes(wrap, bigEndian: true, out _);
        wrap[16] = session.PendingPreKeyHeader is null ? EnvelopeLayout.RatchetWrap : EnvelopeLayout.PreKeyWrap;
        session.PendingPreKeyHeader?.CopyTo(wrap[17..]);
        return wrap[^EnvelopeLayout.RatchetMessageSize..];
    }
}
