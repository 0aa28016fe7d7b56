using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Parameters;

namespace ChatService.Client.Encryption.Primitives;

/// <summary>AES-GCM in managed code, for a browser.</summary>
public sealed class BouncyCastleAesGcm : IAesGcm
{
    public void Encrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, Span<byte> ciphertext, Span<byte> tag, ReadOnlySpan<byte> associatedData)
    {
        var cipher = Begin(forEncryption: true, key, nonce, associatedData);
        var output = new byte[plaintext.Length + AesGcmSizes.Tag];
        var written = cipher.ProcessBytes(plaintext, output);
        cipher.DoFinal(output.AsSpan(written));
        output.AsSpan(0, plaintext.Length).CopyTo(ciphertext);
        output.AsSpan(plaintext.Length).CopyTo(tag);
    }

    public bool TryDecrypt(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, Span<byte> plaintext, ReadOnlySpan<byte> associatedData)
    {
        var cipher = Begin(forEncryption: false, key, nonce, associatedData);
        var output = new byte[ciphertext.Length + AesGcmSizes.Tag];
        try
        {
            var written = cipher.ProcessBytes(ciphertext, output);
            written += cipher.ProcessBytes(tag, output.AsSpan(written));
            cipher.DoFinal(output.AsSpan(written));
            output.AsSpan(0, ciphertext.Length).CopyTo(plaintext);
            return true;
        }
        catch (InvalidCipherTextException)
        {
            CryptographicOperations.ZeroMemory(plaintext);
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(output);
        }
    }

    private static GcmBlockCipher Begin(bool forEncryption, ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData)
    {
        var cipher = new GcmBlockCipher(new AesEngine());
        cipher.Init(forEncryption, new ParametersWithIV(new KeyParameter(key), nonce));
        cipher.ProcessAadBytes(associatedData);
        return cipher;
    }
}
