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
