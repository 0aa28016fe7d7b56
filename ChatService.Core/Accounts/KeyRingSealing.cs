using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Options;

namespace ChatService.Core.Accounts;

/// <summary>Seals the secrets of the data protection ring, with which the authority's own keys and its cookies are sealed in turn.</summary>
public sealed class KeyRingSealing : IXmlEncryptor
{
    internal const string KeyAttribute = "key";

    private static readonly byte[] s_context = "ChatService data protection ring"u8.ToArray();

    private readonly SealingKey _current;
    private readonly SealingKey? _previous;

    public KeyRingSealing(IOptions<SealingOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var settings = options.Value;
        _current = Parse(settings.SealingKey);
        _previous = string.IsNullOrEmpty(settings.PreviousSealingKey) ? null : Parse(settings.PreviousSealingKey);
    }

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var secret = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        try
        {
            var opaque = Convert.ToBase64String(_current.Seal(secret, s_context));
            return new EncryptedXmlInfo(new XElement("sealed", new XAttribute(KeyAttribute, _current.Id), opaque), typeof(KeyRingOpening));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    internal bool IsCurrent(XElement encrypted) => encrypted.Attribute(KeyAttribute)?.Value == _current.Id;

    internal XElement Decrypt(XElement encrypted)
    {
        var id = encrypted.Attribute(KeyAttribute)?.Value;
        var key = id == _current.Id ? _current : id == _previous?.Id ? _previous : null;
        var opened = (key ?? throw new CryptographicException(
            $"A key of the data protection ring was sealed with another {SealingOptions.Section}:{nameof(SealingOptions.SealingKey)}."))
            .Open(Convert.FromBase64String(encrypted.Value), s_context);
        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(opened));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(opened);
        }
    }

    private static SealingKey Parse(string text) =>
        SealingKey.TryParse(text, out var key) ? key : throw new InvalidOperationException($"A sealing key must be {SealingKey.Size} bytes in base64.");
}
