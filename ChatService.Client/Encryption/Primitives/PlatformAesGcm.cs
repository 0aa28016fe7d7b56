using System.Security.Cryptography;

namespace ChatService.Client.Encryption.Primitives;

/// <summary>The platform's AES-GCM.</summary>
public sealed class PlatformAesGcm : IAesGcm
{
    /// <summary>The platform's where it has one, BouncyCastle's where it has not (a browser).</summary>
    public static IAesGcm Default { get; } = AesGcm.IsSupported ? new PlatformAesGcm() : new BouncyCastleAesGcm();

    public void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> associatedData)
    {
        using var aes = new AesGcm(key, AesGcmSizes.Tag);
        aes.Encrypt(nonce, plaintext, ciphertext, tag, associatedData);
    }

    public bool TryDecrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext, ReadOnlySpan<byte> associatedData)
    {
        using var aes = new AesGcm(key, AesGcmSizes.Tag);
        try
        {
            aes.Decrypt(nonce, ciphertext, tag, plaintext, associatedData);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            CryptographicOperations.ZeroMemory(plaintext);
            return false;
        }
    }
}
