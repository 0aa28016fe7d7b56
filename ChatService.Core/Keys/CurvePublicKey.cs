using ChatService.Contracts;
using ChatService.Core.Errors;
using Org.BouncyCastle.Math.EC.Rfc7748;

namespace ChatService.Core.Keys;

/// <summary>An X25519 public key (RFC 7748).</summary>
public static class CurvePublicKey
{
    // Any scalar will do: clamping makes it a multiple of the cofactor, which takes every point of low order to zero.
    private static readonly byte[] s_probe = new byte[X25519.ScalarSize];

    public static byte[] Decode(string? text, string what)
    {
        var key = KeyText.Decode(text, Limits.CurveKeyLength, what);
        return IsUsable(key) ? key : throw ChatException.Invalid($"{what} is a point of low order: every shared secret with it would be known.");
    }

    /// <summary>False for the points with which every agreement gives zero (RFC 7748 section 6.1).</summary>
    public static bool IsUsable(ReadOnlySpan<byte> key)
    {
        Span<byte> shared = stackalloc byte[X25519.PointSize];
        return key.Length == X25519.PointSize && X25519.CalculateAgreement(s_probe, key, shared);
    }
}
