using ChatService.Contracts;

namespace ChatService.Client.Encryption.Envelopes;

/// <summary>80, then zeros up to a multiple of 160 bytes (protocol §5), so that a length says little.</summary>
internal static class Padding
{
    public const int Block = Limits.PaddingBlock;

    private const byte Mark = 0x80;

    public static int PaddedSize(int size) => checked((size / Block) + 1) * Block;

    public static void Pad(ReadOnlySpan<byte> content, Span<byte> padded)
    {
        content.CopyTo(padded);
        padded[content.Length] = Mark;
        padded[(content.Length + 1)..].Clear();
    }

    /// <exception cref="EncryptionException"><see cref="EncryptionError.Malformed"/>: not the one padding of its content.</exception>
    public static int ContentSize(ReadOnlySpan<byte> padded)
    {
        var size = padded.LastIndexOfAnyExcept((byte)0);
        if (size < 0 || padded[size] != Mark || PaddedSize(size) != padded.Length)
            throw EncryptionException.Malformed("padding");
        return size;
    }
}
