using System.Buffers.Binary;
using System.Security.Cryptography;
using ChatService.Contracts;

namespace ChatService.Tests.HubCalls;

/// <summary>An envelope that is well formed and holds nothing: the hub cannot tell.</summary>
internal sealed record RawEnvelope(Guid MessageId, string EncryptedContent, string Nonce, string? AuthTag)
{
    /// <param name="isFirst">Each wrap begins a session, with a header that is none.</param>
    public static RawEnvelope For(Guid sender, IEnumerable<Guid> recipients, Guid? messageId = null, bool isFirst = false, int blocks = 1)
    {
        var wrapLength = isFirst ? EnvelopeHeader.PreKeyWrapLength : EnvelopeHeader.MessageWrapLength;
        Guid[] devices = [.. recipients];
        var id = messageId ?? Guid.CreateVersion7();
        var bytes = new byte[EnvelopeHeader.FixedLength + (devices.Length * wrapLength) + (blocks * Limits.PaddingBlock)];
        RandomNumberGenerator.Fill(bytes);
        (bytes[0], bytes[1]) = (1, 1);
        sender.TryWriteBytes(bytes.AsSpan(2), bigEndian: true, out _);
        id.TryWriteBytes(bytes.AsSpan(18), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(EnvelopeHeader.FixedLength - 2), (ushort)devices.Length);
        for (var i = 0; i < devices.Length; i++)
        {
            var wrap = bytes.AsSpan(EnvelopeHeader.FixedLength + (i * wrapLength));
            devices[i].TryWriteBytes(wrap, bigEndian: true, out _);
            wrap[16] = (byte)(isFirst ? 2 : 1);
        }

        return new(id, Convert.ToBase64String(bytes), Base64(Limits.NonceLength), Base64(Limits.AuthTagLength));
    }

    private static string Base64(int length) => Convert.ToBase64String(RandomNumberGenerator.GetBytes(length));
}
