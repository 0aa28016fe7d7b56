namespace ChatService.Tests.Encryption.Vectors;

/// <summary>Bytes that a vector file writes in hexadecimal.</summary>
public sealed record Hex(byte[] Bytes)
{
    public Guid Id => new(Bytes, bigEndian: true);

    public static implicit operator byte[](Hex hex) => hex.Bytes;
}
