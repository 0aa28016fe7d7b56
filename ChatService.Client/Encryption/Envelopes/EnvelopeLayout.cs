using ChatService.Client.Encryption.Primitives;
using ChatService.Client.Encryption.Sessions;
using ChatService.Contracts;

namespace ChatService.Client.Encryption.Envelopes;

/// <summary>Sizes and offsets of an envelope in bytes (protocol §5).</summary>
internal static class EnvelopeLayout
{
    public const byte Version = 1;
    public const byte PairwiseKind = 1;

    public const int SenderOffset = 2;
    public const int MessageIdOffset = SenderOffset + 16;
    public const int CommitmentOffset = MessageIdOffset + 16;
    public const int CommitmentSize = 32;
    public const int WrapCountOffset = CommitmentOffset + CommitmentSize;
    public const int HeaderSize = WrapCountOffset + 2;

    public const int SeedSize = 32;
    public const int RatchetMessageSize = SeedSize + DoubleRatchet.Overhead;
    public const byte RatchetWrap = 1;
    public const byte PreKeyWrap = 2;
    public const int RatchetWrapSize = 16 + 1 + RatchetMessageSize;
    public const int PreKeyWrapSize = RatchetWrapSize + PreKeyHeader.Size;

    /// <summary>Whether it stays within <see cref="Limits.EnvelopeBase64"/> together with its tag.</summary>
    public static bool FitsLimit(int encryptedContentSize) =>
        Base64Size(encryptedContentSize) + Base64Size(AesGcmSizes.Tag) <= Limits.EnvelopeBase64;

    private static int Base64Size(int bytes) => (bytes + 2) / 3 * 4;
}
