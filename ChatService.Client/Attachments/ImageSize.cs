using System.Buffers.Binary;

namespace ChatService.Client.Attachments;

/// <summary>A picture's width and height in pixels, from the first bytes of a PNG, GIF, JPEG or WebP file.</summary>
internal static class ImageSize
{
    /// <summary>So many bytes are enough, unless a JPEG has large metadata before its frame.</summary>
    public const int HeaderLength = 64 * 1024;

    /// <summary>Null: not a picture that is known here.</summary>
    public static (int Width, int Height)? Of(ReadOnlySpan<byte> header) =>
        (Png(header) ?? Gif(header) ?? Jpeg(header) ?? WebP(header)) is { Width: > 0, Height: > 0 } size ? size : null;

    private static (int Width, int Height)? Png(ReadOnlySpan<byte> header) =>
        header.Length >= 24 && header[0] == 0x89 && header[1..].StartsWith("PNG\r\n\u001a\n"u8)
            ? (BinaryPrimitives.ReadInt32BigEndian(header[16..]), BinaryPrimitives.ReadInt32BigEndian(header[20..]))
            : null;

    private static (int Width, int Height)? Gif(ReadOnlySpan<byte> header) =>
        header.Length >= 10 && (header.StartsWith("GIF87a"u8) || header.StartsWith("GIF89a"u8))
            ? (BinaryPrimitives.ReadUInt16LittleEndian(header[6..]), BinaryPrimitives.ReadUInt16LittleEndian(header[8..]))
            : null;

    /// <summary>From marker to marker until a frame header (SOF0 to SOF15 without DHT, JPG and DAC).</summary>
    private static (int Width, int Height)? Jpeg(ReadOnlySpan<byte> header)
    {
        if (header.Length < 4 || header[0] != 0xFF || header[1] != 0xD8)
            return null;
        var at = 2;
        while (at + 9 <= header.Length && header[at] == 0xFF)
        {
            var marker = header[at + 1];
            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return (BinaryPrimitives.ReadUInt16BigEndian(header[(at + 7)..]), BinaryPrimitives.ReadUInt16BigEndian(header[(at + 5)..]));
            at += 2 + BinaryPrimitives.ReadUInt16BigEndian(header[(at + 2)..]);
        }

        return null;
    }

    private static (int Width, int Height)? WebP(ReadOnlySpan<byte> header)
    {
        if (header.Length < 30 || !header.StartsWith("RIFF"u8) || !header[8..].StartsWith("WEBP"u8))
            return null;
        if (header[12..].StartsWith("VP8X"u8))
            return (1 + Read24(header[24..]), 1 + Read24(header[27..]));
        if (header[12..].StartsWith("VP8L"u8))
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(header[21..]);
            return ((int)(bits & 0x3FFF) + 1, (int)((bits >> 14) & 0x3FFF) + 1);
        }

        return header[12..].StartsWith("VP8 "u8)
            ? (BinaryPrimitives.ReadUInt16LittleEndian(header[26..]) & 0x3FFF, BinaryPrimitives.ReadUInt16LittleEndian(header[28..]) & 0x3FFF)
            : null;
    }

    private static int Read24(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
