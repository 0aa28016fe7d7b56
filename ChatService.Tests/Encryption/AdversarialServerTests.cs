using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Encryption.Keys;

namespace ChatService.Tests.Encryption;

/// <summary>A server that does what it must not.</summary>
public sealed class AdversarialServerTests
{
    private static readonly Guid Conversation = Guid.CreateVersion7();

    [Fact]
    public async Task It_cannot_put_its_own_keys_into_a_bundle()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), server = await TestDevice.CreateAsync();
        PreKeyBundle bobs = bob.Bundle(), its = server.Bundle();
        PreKeyBundle[] forged =
        [
            bobs with { SignedPreKey = its.SignedPreKey },
            bobs with { SignedPreKey = its.SignedPreKey, SignedPreKeySignature = its.SignedPreKeySignature },
            bobs with { SignedPreKeyId = bobs.SignedPreKeyId + 1 },
            bobs with { KemPreKey = its.KemPreKey },
            bobs with { KemPreKey = its.KemPreKey, KemPreKeySignature = its.KemPreKeySignature },
            bobs with { KemPreKeyId = bobs.KemPreKeyId + 1 },
            bobs with { KemPreKeySignature = bobs.SignedPreKeySignature },
            bobs with { IdentityPublicKey = its.IdentityPublicKey },
            bobs with { KemPreKey = null! },
            bobs with { KemPreKey = [] },
            bobs with { KemPreKey = new byte[1183] },
            bobs with { KemPreKey = [.. Enumerable.Repeat((byte)0xFF, 1184)] },
            bobs with { SignedPreKey = new byte[31] },
            bobs with { SignedPreKeySignature = [] },
            bobs with { OneTimePreKey = new byte[33] },
            bobs with { OneTimePreKey = null },
            bobs with { OneTimePreKeyId = 0xFFFFFFFF },
        ];
        foreach (var bundle in forged)
            Assert.Equal(EncryptionError.UntrustedBundle, await SealRefusalAsync(alice, bob.AsRecipient, bundle));
    }

    [Fact]
    public async Task It_cannot_force_a_known_secret_with_a_key_of_small_order()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync();
        Assert.Equal(EncryptionError.Malformed, await SealRefusalAsync(alice, bob.AsRecipient, bob.Bundle() with { OneTimePreKey = new byte[32] }));
    }

    [Fact]
    public async Task It_cannot_replace_a_known_device_by_its_own()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), server = await TestDevice.CreateAsync();
        await bob.OpenAsync(await alice.SealAsync(Conversation, "hello", [bob]));

        // Its envelope names Alice's device as the sender, and is well made with its own keys.
        await using (var transaction = await server.Store.BeginAsync(TestContext.Current.CancellationToken))
        {
            var id = Guid.CreateVersion7();
            var envelope = await new MessageSealer(alice.DeviceId).SealAsync(
                transaction, Conversation, id, "from alice, honestly"u8.ToArray(), [bob.AsRecipient], [bob.Bundle()], TestContext.Current.CancellationToken);
            Assert.Equal(EncryptionError.IdentityChanged, await bob.RefusalAsync(new(Conversation, alice.UserId, alice.DeviceId, id, envelope)));
        }
    }

    [Fact]
    public async Task It_cannot_say_that_a_message_is_from_someone_else()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), carol = await TestDevice.CreateAsync();
        await bob.OpenAsync(await alice.SealAsync(Conversation, "hello", [bob]));
        await bob.OpenAsync(await carol.SealAsync(Conversation, "hello", [bob]));

        var sent = await alice.SealAsync(Conversation, "I am Alice", [bob]);
        Assert.Equal(EncryptionError.IdentityChanged, await bob.RefusalAsync(sent with { SenderUserId = carol.UserId }));
        var otherDevice = sent.With(envelope => carol.DeviceId.TryWriteBytes(envelope.EncryptedContent.AsSpan(EnvelopeLayout.SenderOffset), bigEndian: true, out _));
        await bob.RefusalAsync(otherDevice with { SenderUserId = carol.UserId });
        Assert.Equal("I am Alice", await bob.OpenAsync(sent));
    }

    [Fact]
    public async Task It_cannot_move_a_message_to_another_conversation()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync();
        var sent = await alice.SealAsync(Conversation, "hello", [bob]);
        Assert.Equal(EncryptionError.Tampered, await bob.RefusalAsync(sent with { ConversationId = Guid.CreateVersion7() }));
        Assert.Equal("hello", await bob.OpenAsync(sent));
    }

    [Fact]
    public async Task It_cannot_deliver_to_a_device_that_a_message_is_not_for()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), carol = await TestDevice.CreateAsync();
        Assert.Equal(EncryptionError.NotForThisDevice, await carol.RefusalAsync(await alice.SealAsync(Conversation, "hello", [bob])));
    }

    [Fact]
    public async Task It_cannot_replay()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(oneTimePreKeys: 0);
        var first = await alice.SealAsync(Conversation, "first", [bob]);
        await bob.OpenAsync(first);
        Assert.Equal(EncryptionError.Duplicate, await bob.RefusalAsync(first));

        // Not even when the session is gone: the start of it is remembered.
        await using (var transaction = await bob.Store.BeginAsync(TestContext.Current.CancellationToken))
        {
            await transaction.DeleteAsync(StoreTables.Sessions, alice.DeviceId.ToString("N"), TestContext.Current.CancellationToken);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(EncryptionError.ReplayedSession, await bob.RefusalAsync(first));
    }

    [Fact]
    public async Task A_member_cannot_pass_off_another_content_as_the_senders()
    {
        TestDevice alice = await TestDevice.CreateAsync(), bob = await TestDevice.CreateAsync(), mallory = await TestDevice.CreateAsync();
        var genuine = await alice.SealAsync(Conversation, "pay bob 10", [bob, mallory]);
        var another = await alice.SealAsync(Conversation, "pay bob 99", [bob, mallory]);

        // Bob's wrap of the one, content, nonce and tag of the other.
        var mixed = new SealedEnvelope([.. another.Sealed.EncryptedContent], another.Sealed.Nonce, another.Sealed.AuthTag);
        genuine.Sealed.EncryptedContent.AsSpan(EnvelopeLayout.HeaderSize, EnvelopeLayout.PreKeyWrapSize).CopyTo(mixed.EncryptedContent.AsSpan(EnvelopeLayout.HeaderSize));
        Assert.Equal(EncryptionError.Tampered, await bob.RefusalAsync(another with { Sealed = mixed }));
    }

    private static async Task<EncryptionError> SealRefusalAsync(TestDevice sender, RecipientDevice recipient, PreKeyBundle bundle)
    {
        await using var transaction = await sender.Store.BeginAsync();
        return (await Assert.ThrowsAsync<EncryptionException>(async () => await sender.Sealer.SealAsync(
            transaction, Conversation, Guid.CreateVersion7(), "secret"u8.ToArray(), [recipient], [bundle]))).Error;
    }
}
