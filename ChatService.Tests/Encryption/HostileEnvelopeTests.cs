using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Envelopes;

namespace ChatService.Tests.Encryption;

/// <summary>Whatever is done to an envelope, it is refused with a code, and nothing moves.</summary>
public sealed class HostileEnvelopeTests
{
    private static readonly Guid Conversation = Guid.CreateVersion7();

    [Theory, InlineData(true), InlineData(false)]
    public async Task Every_changed_byte_is_noticed(bool startsSession)
    {
        var (alice, bob, sent) = await SendAsync(startsSession);
        for (var i = 0; i < sent.Sealed.EncryptedContent.Length; i++)
            await bob.RefusalAsync(sent.With(envelope => envelope.EncryptedContent[i] ^= 0x01));
        for (var i = 0; i < sent.Sealed.Nonce.Length; i++)
            Assert.Equal(EncryptionError.Tampered, await bob.RefusalAsync(sent.With(envelope => envelope.Nonce[i] ^= 0x80)));
        for (var i = 0; i < sent.Sealed.AuthTag.Length; i++)
            Assert.Equal(EncryptionError.Tampered, await bob.RefusalAsync(sent.With(envelope => envelope.AuthTag[i] ^= 0x80)));
        Assert.Equal("hello", await bob.OpenAsync(sent));
        Assert.NotEqual(alice.DeviceId, bob.DeviceId);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Every_truncation_and_a_longer_envelope_are_noticed(bool startsSession)
    {
        var (_, bob, sent) = await SendAsync(startsSession);
        for (var length = 0; length < sent.Sealed.EncryptedContent.Length; length++)
            await bob.RefusalAsync(sent with { Sealed = sent.Sealed with { EncryptedContent = sent.Sealed.EncryptedContent[..length] } });
        await bob.RefusalAsync(sent with { Sealed = sent.Sealed with { EncryptedContent = [.. sent.Sealed.EncryptedContent, 0] } });
        await bob.RefusalAsync(sent with { Sealed = sent.Sealed with { EncryptedContent = [.. sent.Sealed.EncryptedContent, .. new byte[160]] } });
        await bob.RefusalAsync(sent with { Sealed = sent.Sealed with { Nonce = sent.Sealed.Nonce[..11] } });
        await bob.RefusalAsync(sent with { Sealed = sent.Sealed with { AuthTag = [.. sent.Sealed.AuthTag, 0] } });
        Assert.Equal("hello", await bob.OpenAsync(sent));
    }

    [Fact]
    public async Task Random_bytes_are_refused()
    {
        var (_, bob, sent) = await SendAsync(startsSession: true);
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var bytes = new byte[random.Next(400)];
            random.NextBytes(bytes);
            if (bytes.Length > 1)
                (bytes[0], bytes[1]) = (1, 1);
            await bob.RefusalAsync(sent with { Sealed = sent.Sealed with { EncryptedContent = bytes } });
        }
    }

    [Fact]
    public async Task The_tag_may_be_at_the_end_of_the_content()
    {
        var (alice, bob, sent) = await SendAsync(startsSession: true);
        await using var transaction = await bob.Store.BeginAsync(TestContext.Current.CancellationToken);
        byte[] joined = [.. sent.Sealed.EncryptedContent, .. sent.Sealed.AuthTag];
        var opened = await bob.Opener.OpenAsync(transaction, Conversation, alice.UserId, joined, sent.Sealed.Nonce, ct: TestContext.Current.CancellationToken);
        Assert.Equal("hello"u8.ToArray(), opened.Content);
    }

    [Fact]
    public async Task Swapped_wraps_are_refused()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), carol = await TestDevice.CreateAsync();
        var sent = await alice.SealAsync(Conversation, "hello", [bob, carol]);
        var swapped = sent.With(envelope =>
        {
            const int first = EnvelopeLayout.HeaderSize, second = first + EnvelopeLayout.PreKeyWrapSize;
            var bytes = envelope.EncryptedContent;
            var body = bytes[(first + 16)..second];
            bytes.AsSpan(second + 16, body.Length).CopyTo(bytes.AsSpan(first + 16));
            body.CopyTo(bytes, second + 16);
        });
        foreach (var device in new[] { bob, carol })
        {
            Assert.Contains(await device.RefusalAsync(swapped), (EncryptionError[])[EncryptionError.Tampered, EncryptionError.UnknownPreKey]);
            Assert.Equal("hello", await device.OpenAsync(sent));
        }
    }

    [Fact]
    public async Task A_later_version_says_so()
    {
        var (_, bob, sent) = await SendAsync(startsSession: true);
        Assert.Equal(EncryptionError.UnsupportedVersion, await bob.RefusalAsync(sent.With(envelope => envelope.EncryptedContent[0] = 2)));
        Assert.Equal(EncryptionError.UnsupportedVersion, await bob.RefusalAsync(sent.With(envelope => envelope.EncryptedContent[1] = 2)));
    }

    [Fact]
    public async Task What_is_too_long_or_for_too_many_devices_is_not_sealed()
    {
        var alice = await TestDevice.CreateAsync();
        await using var transaction = await alice.Store.BeginAsync(TestContext.Current.CancellationToken);
        async Task<EncryptionError> Refused(int size, int devices) => (await Assert.ThrowsAsync<EncryptionException>(async () => await alice.Sealer.SealAsync(
            transaction, Conversation, Guid.CreateVersion7(), new byte[size], [.. Enumerable.Range(0, devices).Select(_ => new RecipientDevice(Guid.NewGuid(), Guid.NewGuid()))]))).Error;

        Assert.Equal(EncryptionError.TooLarge, await Refused(size: 1, devices: 129));
        Assert.Equal(EncryptionError.TooLarge, await Refused(size: 200_000, devices: 0));
        Assert.Equal(EncryptionError.NoSession, await Refused(size: 20_000, devices: 128));
    }

    private static async Task<(TestDevice Alice, TestDevice Bob, TestEnvelope Sent)> SendAsync(bool startsSession)
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync();
        if (!startsSession)
        {
            await bob.OpenAsync(await alice.SealAsync(Conversation, "first", [bob]));
            await alice.OpenAsync(await bob.SealAsync(Conversation, "answer", [alice]));
        }

        return (alice, bob, await alice.SealAsync(Conversation, "hello", [bob]));
    }
}
