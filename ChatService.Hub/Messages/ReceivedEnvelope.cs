using System.Buffers.Text;
using ChatService.Contracts;
using ChatService.Core.Errors;

namespace ChatService.Hub.Messages;

/// <summary>An envelope as it came over the wire, decoded and found well formed. It cannot be opened here.</summary>
public sealed class ReceivedEnvelope
{
    private ReceivedEnvelope(byte[] encryptedContent, byte[] nonce, byte[] authTag, EnvelopeText text, in EnvelopeHeader header)
    {
        Text = text;
        EncryptedContent = encryptedContent;
        Nonce = nonce;
        AuthTag = authTag;
        MessageId = header.MessageId;
        SenderDeviceId = header.SenderDeviceId;
        Recipients = new Guid[header.WrapCount];
        header.CopyRecipients(Recipients);
    }

    public byte[] EncryptedContent { get; }

    public byte[] Nonce { get; }

    public byte[] AuthTag { get; }

    /// <summary>The same in base64, for those it is passed on to.</summary>
    public EnvelopeText Text { get; }

    public Guid MessageId { get; }

    public Guid SenderDeviceId { get; }

    /// <summary>The devices it is sealed for, in the envelope's order.</summary>
    public Guid[] Recipients { get; }

    /// <exception cref="ChatException">too_large or invalid_envelope, with what is wrong.</exception>
    public static ReceivedEnvelope Parse(string? encryptedContent, string? nonce, string? authTag)
    {
        if (encryptedContent is null || nonce is null)
        {
            throw Invalid("encryptedContent and nonce are required");
        }

        if (encryptedContent.Length + (authTag?.Length ?? 0) > Limits.EnvelopeBase64)
        {
            throw new ChatException(ErrorCodes.TooLarge, $"An envelope has at most {Limits.EnvelopeBase64} base64 characters.");
        }

        if (nonce.Length != Base64Length(Limits.NonceLength))
        {
            throw Invalid($"nonce is not {Limits.NonceLength} bytes");
        }

        if (authTag is not null && authTag.Length != Base64Length(Limits.AuthTagLength))
        {
            throw Invalid($"authTag is not {Limits.AuthTagLength} bytes");
        }

        var content = Decode(encryptedContent, "encryptedContent");
        byte[] tag;
        if (authTag is not null)
        {
            tag = Decode(authTag, "authTag");
        }
        else if (content.Length > Limits.AuthTagLength)
        {
            tag = content[^Limits.AuthTagLength..];
            content = content[..^Limits.AuthTagLength];
        }
        else
        {
            throw Invalid("encryptedContent is too short to end with a tag");
        }

        var nonceBytes = Decode(nonce, "nonce");
        if (nonceBytes.Length != Limits.NonceLength)
        {
            throw Invalid($"nonce is not {Limits.NonceLength} bytes");
        }

        if (tag.Length != Limits.AuthTagLength)
        {
            throw Invalid($"authTag is not {Limits.AuthTagLength} bytes");
        }

        return EnvelopeHeader.TryParse(content, out var header)
            ? new ReceivedEnvelope(
                content,
                nonceBytes,
                tag,
                new(EnvelopeText.Of(content, encryptedContent), EnvelopeText.Of(nonceBytes, nonce), EnvelopeText.Of(tag, authTag)),
                header)
            : throw Invalid("encryptedContent is not laid out as protocol section 5 says");
    }

    private static int Base64Length(int bytes) => (bytes + 2) / 3 * 4;

    private static byte[] Decode(string base64, string name)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length((base64.Length + 3) & ~3)];
        return Convert.TryFromBase64String(base64, bytes, out var written)
            ? written == bytes.Length ? bytes : bytes[..written]
            : throw Invalid($"{name} is not base64");
    }

    private static ChatException Invalid(string what) => new(ErrorCodes.InvalidEnvelope, $"The envelope was refused: {what}.");
}
