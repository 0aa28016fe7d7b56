namespace ChatService.Core.Accounts;

public enum ServerKeyUse
{
    /// <summary>ECDSA on P-256 (ES256): signs every token.</summary>
    Signing = 0,

    /// <summary>256 bits for AES key wrap: seals what only the authority itself reads (codes and refresh tokens).</summary>
    Encryption = 1,
}
