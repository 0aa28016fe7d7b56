using ChatService.Contracts;

namespace ChatService.Benchmarks.Load.Servers;

/// <summary>What every hub has to know of a message to pass it on.</summary>
internal readonly record struct Sent(Guid MessageId, Guid SenderId, Guid DeviceId, byte[] Content, DateTime At)
{
    public static Sent From(string encryptedContent)
    {
        var content = Convert.FromBase64String(encryptedContent);
        if (!EnvelopeHeader.TryParse(content, out var header))
        {
            throw new FormatException("This is not an envelope.");
        }

        // Nobody signs in here: the device stands for its user.
        return new(header.MessageId, header.SenderDeviceId, header.SenderDeviceId, content, DateTime.UtcNow);
    }
}
