using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Core.Accounts;

/// <summary>The other way of <see cref="KeyRingSealing"/>. The ring names this class, and ASP.NET Core makes it.</summary>
public sealed class KeyRingOpening(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        ArgumentNullException.ThrowIfNull(encryptedElement);
        return services.GetRequiredService<KeyRingSealing>().Decrypt(encryptedElement);
    }
}
