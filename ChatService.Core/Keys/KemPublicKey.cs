using ChatService.Contracts;
using ChatService.Core.Errors;

namespace ChatService.Core.Keys;

/// <summary>An ML-KEM-768 encapsulation key (FIPS 203).</summary>
public static class KemPublicKey
{
    private const int Modulus = 3329;
    private const int SeedLength = 32;

    public static byte[] Decode(string? text, string what)
    {
        var key = KeyText.Decode(text, Limits.KemKeyLength, what);
        return IsWellFormed(key) ? key : throw ChatException.Invalid($"{what} is not an ML-KEM-768 key.");
    }

    /// <summary>The modulus check of FIPS 203 section 7.2: every 12-bit coefficient is below 3329.</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> key)
    {
        if (key.Length != Limits.KemKeyLength)
        {
            return false;
        }

        var coefficients = key[..^SeedLength];
        for (var i = 0; i < coefficients.Length; i += 3)
        {
            var low = coefficients[i] | ((coefficients[i + 1] & 0x0F) << 8);
            var high = (coefficients[i + 1] >> 4) | (coefficients[i + 2] << 4);
            if (low >= Modulus || high >= Modulus)
            {
                return false;
            }
        }

        return true;
    }
}
