namespace ChatService.Hub.Messages;

/// <summary>An envelope's parts in base64.</summary>
public readonly record struct EnvelopeText(string EncryptedContent, string Nonce, string AuthTag)
{
    /// <summary>What was received, when it is these bytes and nothing else; white space and a tag not yet cut off have it written anew.</summary>
    public static string Of(ReadOnlySpan<byte> bytes, string? received) =>
        received is not null && received.Length == (bytes.Length + 2) / 3 * 4 ? received : Convert.ToBase64String(bytes);
}
