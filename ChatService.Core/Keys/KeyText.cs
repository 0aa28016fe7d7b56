using ChatService.Core.Errors;

namespace ChatService.Core.Keys;

/// <summary>Base64 of exactly so many bytes, without anything around it.</summary>
public static class KeyText
{
    public static byte[] Decode(string? text, int length, string what)
    {
        var bytes = new byte[length];
        return text is not null
            && text.Length == (length + 2) / 3 * 4
            && Convert.TryFromBase64String(text, bytes, out var written)
            && written == length
                ? bytes
                : throw ChatException.Invalid($"{what} must be the base64 of {length} bytes.");
    }
}
