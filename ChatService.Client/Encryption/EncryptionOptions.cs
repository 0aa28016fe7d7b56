using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Encryption;

/// <summary>What the encryption takes from its surroundings.</summary>
public sealed record EncryptionOptions
{
    public static EncryptionOptions Default { get; } = new();

    public IRandomSource Random { get; init; } = SystemRandomSource.Instance;

    public IAesGcm AesGcm { get; init; } = PlatformAesGcm.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
