using System.Security.Cryptography;
using System.Text;
using ChatService.Client.Encryption;

namespace ChatService.Tests.Encryption.Vectors;

/// <summary>The vector file's randomness: SHA-256 of <c>kat/P/block</c>, each draw from a new block and cut to its length.</summary>
internal sealed class KnownRandomSource(string party) : IRandomSource
{
    private int _block;

    public void Fill(Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var block = SHA256.HashData(Encoding.ASCII.GetBytes($"kat/{party}/{_block++}"));
            var taken = Math.Min(block.Length, destination.Length);
            block.AsSpan(0, taken).CopyTo(destination);
            destination = destination[taken..];
        }
    }
}
