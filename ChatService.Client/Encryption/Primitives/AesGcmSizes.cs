namespace ChatService.Client.Encryption.Primitives;

/// <summary>Sizes in bytes.</summary>
public static class AesGcmSizes
{
    public const int Key = 32;
    public const int Nonce = 12;
    public const int Tag = 16;
}
