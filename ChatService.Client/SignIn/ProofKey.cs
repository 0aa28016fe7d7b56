using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace ChatService.Client.SignIn;

/// <summary>PKCE (RFC 7636): 32 random bytes, of which only the hash is shown before the code is redeemed.</summary>
internal sealed record ProofKey(string Verifier, string Challenge)
{
    public static ProofKey Create()
    {
        var verifier = RandomText();
        return new ProofKey(verifier, Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
    }

    public static string RandomText() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
