using System.Buffers.Binary;
using System.Security.Cryptography;
using ChatService.Contracts;

namespace ChatService.Tests.Contracts;

/// <summary>Protocol section 5, as far as anyone can read it without a key.</summary>
public sealed class EnvelopeHeaderTests
{
    private static readonly Guid s_sender = Guid.Parse("6ac37abd-a53a-989f-33c7-509e67a90f41");
    private static readonly Guid s_recipient = Guid.Parse("0bb6614b-ef91-4477-f1d4-1a17032d8d45");

    [Fact]
    public void The_header_names_sender_message_and_recipients()
    {
        var bytes = Build(wraps: 2);

        Assert.True(EnvelopeHeader.TryParse(bytes, out var header));
        var recipients = new Guid[header.WrapCount];
        header.CopyRecipients(recipients);

        Assert.Equal(s_sender, header.SenderDeviceId);
        Assert.Equal([s_recipient, s_recipient], recipients);
    }

    [Fact]
    public void Every_truncation_is_refused()
    {
        var bytes = Build(wraps: 2);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.False(EnvelopeHeader.TryParse(bytes.AsSpan(0, length), out _), $"{length} bytes");
        }
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(EnvelopeHeader.FixedLength + 16, 3)]
    [InlineData(EnvelopeHeader.FixedLength - 2, 0xff)]
    public void A_wrong_version_kind_wrap_type_or_count_is_refused(int offset, byte value)
    {
        var bytes = Build(wraps: 1);
        bytes[offset] = value;

        Assert.False(EnvelopeHeader.TryParse(bytes, out _));
    }

    [Fact]
    public void Unpadded_content_is_refused()
    {
        Assert.False(EnvelopeHeader.TryParse([.. Build(wraps: 1), 0], out _));
    }

    private static byte[] Build(int wraps)
    {
        var bytes = new byte[EnvelopeHeader.FixedLength + (wraps * EnvelopeHeader.MessageWrapLength) + Limits.PaddingBlock];
        RandomNumberGenerator.Fill(bytes);
        bytes[0] = bytes[1] = 1;
        s_sender.TryWriteBytes(bytes.AsSpan(2), bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(EnvelopeHeader.FixedLength - 2), (ushort)wraps);
        for (var i = 0; i < wraps; i++)
        {
            var wrap = bytes.AsSpan(EnvelopeHeader.FixedLength + (i * EnvelopeHeader.MessageWrapLength));
            s_recipient.TryWriteBytes(wrap, bigEndian: true, out _);
            wrap[16] = 1;
        }

        return bytes;
    }
}
