using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;

namespace ChatService.Core.Accounts;

/// <summary>Seals what the data protection ring holds in the clear, or under the sealing key before this one.</summary>
internal static class KeyRingUpkeep
{
    private static readonly XNamespace s_dataProtection = "http://schemas.asp.net/2015/03/dataProtection";
    private static readonly XName s_requiresEncryption = s_dataProtection + "requiresEncryption";
    private static readonly XName s_secret = s_dataProtection + "encryptedSecret";

    public static async Task SealAsync(AccountsDbContext db, KeyRingSealing sealing, CancellationToken cancellationToken)
    {
        foreach (var key in await db.DataProtectionKeys.ToListAsync(cancellationToken))
        {
            if (key.Xml is not null && Seal(XElement.Parse(key.Xml), sealing) is { } xml)
            {
                key.Xml = xml;
            }
        }
    }

    private static string? Seal(XElement key, KeyRingSealing sealing)
    {
        var clear = key.Descendants().Where(element => (bool?)element.Attribute(s_requiresEncryption) == true).ToList();
        var old = key.Descendants(s_secret).Where(secret => secret.Elements().FirstOrDefault() is { } inner
            && IsOurs(secret) && !sealing.IsCurrent(inner)).ToList();
        foreach (var element in clear)
        {
            element.ReplaceWith(Secret(sealing, element));
        }

        foreach (var secret in old)
        {
            secret.ReplaceWith(Secret(sealing, sealing.Decrypt(secret.Elements().First())));
        }

        return clear.Count + old.Count == 0 ? null : key.ToString(SaveOptions.DisableFormatting);
    }

    private static bool IsOurs(XElement secret) =>
        secret.Attribute("decryptorType")?.Value.StartsWith(typeof(KeyRingOpening).FullName!, StringComparison.Ordinal) == true;

    private static XElement Secret(KeyRingSealing sealing, XElement element)
    {
        var info = sealing.Encrypt(element);
        return new XElement(s_secret, new XAttribute("decryptorType", info.DecryptorType.AssemblyQualifiedName!), info.EncryptedElement);
    }
}
