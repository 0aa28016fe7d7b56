using System.Security.Cryptography;

namespace ChatService.Client.Encryption;

/// <summary>The operating system's generator.</summary>
public sealed class SystemRandomSource : IRandomSource
{
    public static SystemRandomSource Instance { get; } = new();

    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
