using System.Security.Cryptography;
using ChatService.Client.Encryption.Envelopes;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.Primitives;
using ChatService.Client.Encryption.SafetyNumbers;
using ChatService.Client.Encryption.Sessions;

namespace ChatService.Tests.Encryption.Vectors;

/// <summary>Every step of the protocol against answers that another implementation computed.</summary>
public sealed class KnownAnswerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(true), InlineData(false)]
    public async Task The_keys_and_signatures_of_a_device_are_the_known_ones(bool oneTimePreKey)
    {
        var handshake = KnownAnswers.For(oneTimePreKey);
        var bob = await KnownParty.CreateAsync("bob", handshake);
        await using var transaction = await bob.Store.BeginAsync(Ct);
        var ring = new KeyRing(transaction);
        var state = await ring.StateAsync(Ct);
        var signedPreKey = await ring.SignedPreKeyAsync(handshake.Bob.SignedPreKeyId, Ct);
        var kemPreKey = await ring.KemPreKeyAsync(handshake.Bob.KemPreKeyId, Ct);
        var published = await DeviceKeys.GetPublicKeysAsync(transaction, Ct);

        Assert.Equal(handshake.Bob.XPriv.Bytes, state.Identity.AgreementKey);
        Assert.Equal(handshake.Bob.EdSeed.Bytes, state.Identity.SigningSeed);
        Assert.Equal(handshake.Bob.Encoded.Bytes, state.Identity.Identity.Encoded.ToArray());
        Assert.Equal([.. handshake.Bob.XPub.Bytes, .. handshake.Bob.EdPub.Bytes], published.Identity.ToPublicKey());
        Assert.Equal(handshake.Bob.SignedPreKeyPriv.Bytes, signedPreKey!.Private);
        Assert.Equal(handshake.Bob.KemPublicKey.Bytes, kemPreKey!.Public.PublicKey);
        Assert.Equal(handshake.Bob.KemSecretKey.Bytes, MlKem768.FromSeed(kemPreKey.Private).GetEncoded());
        Assert.Equal(handshake.Bob.OneTimePreKeyPriv.Bytes, await ring.OneTimePreKeyAsync(handshake.Bob.OneTimePreKeyId, Ct));
        Assert.Equal(handshake.Bundle.IdentityPublicKey, published.Identity.ToPublicKey());
        Assert.Equal(handshake.Bundle.SignedPreKey, published.SignedPreKey.PublicKey);
        Assert.Equal(handshake.Bundle.SignedPreKeySignature, published.SignedPreKey.Signature);
        Assert.Equal(handshake.Bundle.KemPreKey, published.KemPreKey.PublicKey);
        Assert.Equal(handshake.Bundle.KemPreKeySignature, published.KemPreKey.Signature);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void What_is_signed_is_the_known_input(bool oneTimePreKey)
    {
        var handshake = KnownAnswers.For(oneTimePreKey);
        var identity = DeviceIdentity.FromEncoded(handshake.Bob.Encoded);

        Assert.Equal(handshake.SignedPreKeyInput.Bytes, PreKeySignatures.SignedPreKeyInput(identity, handshake.Bob.SignedPreKeyId, handshake.Bundle.SignedPreKey));
        Assert.Equal(handshake.KemPreKeyInputSha256.Bytes, SHA256.HashData(PreKeySignatures.KemPreKeyInput(identity, handshake.Bob.KemPreKeyId, handshake.Bundle.KemPreKey)));
        Assert.Equal(identity, handshake.Bundle.Verify());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Both_sides_of_the_handshake_reach_the_known_session(bool oneTimePreKey)
    {
        var handshake = KnownAnswers.For(oneTimePreKey);
        var header = PreKeyHeader.Parse(handshake.PreKeyHeader.Bytes);
        var bob = await KnownParty.CreateAsync("bob", handshake);
        await using var bobs = await bob.Store.BeginAsync(Ct);
        var ring = new KeyRing(bobs);
        var oneTime = header.OneTimePreKeyId == PreKeyId.None ? null : await ring.OneTimePreKeyAsync(header.OneTimePreKeyId, Ct);
        var responder = KeyAgreement.Respond(
            (await ring.StateAsync(Ct)).Identity, header, (await ring.SignedPreKeyAsync(header.SignedPreKeyId, Ct))!, (await ring.KemPreKeyAsync(header.KemPreKeyId, Ct))!, oneTime);

        Assert.Equal(oneTimePreKey, oneTime is not null);
        Assert.Equal(handshake.SessionKey.Bytes, responder.RootKey);
        Assert.Equal(handshake.AssociatedData.Bytes, responder.AssociatedData);

        var alice = await KnownParty.CreateAsync("alice", handshake);
        await using var alices = await alice.Store.BeginAsync(Ct);
        var initiator = KeyAgreement.Initiate((await new KeyRing(alices).StateAsync(Ct)).Identity, handshake.Bundle.Verify(), handshake.Bundle, alice.Random);

        Assert.Equal(handshake.PreKeyHeader.Bytes, initiator.PendingPreKeyHeader);
        Assert.Equal(handshake.AssociatedData.Bytes, initiator.AssociatedData);
        Assert.Equal(initiator.Id, responder.Id);
    }

    [Theory, InlineData(true, true), InlineData(false, true), InlineData(true, false), InlineData(false, false)]
    public async Task Both_sides_seal_and_open_the_known_envelopes(bool oneTimePreKey, bool platformAes)
    {
        var handshake = KnownAnswers.For(oneTimePreKey);
        IAesGcm aes = platformAes ? PlatformAesGcm.Default : new BouncyCastleAesGcm();
        var alice = await KnownParty.CreateAsync("alice", handshake, aes);
        var bob = await KnownParty.CreateAsync("bob", handshake, aes);

        foreach (var known in handshake.Envelopes)
        {
            var (sender, receiver) = known.From == "alice" ? (alice, bob) : (bob, alice);
            await using (var transaction = await sender.Store.BeginAsync(Ct))
            {
                var envelope = await sender.Sealer.SealAsync(
                    transaction, handshake.ConversationId.Id, known.MessageId.Id, known.Content.Bytes, [receiver.AsRecipient], [handshake.Bundle], Ct);
                await transaction.CommitAsync(Ct);
                Assert.Equal(known.EncryptedContent, envelope.EncryptedContent);
                Assert.Equal(known.Nonce, envelope.Nonce);
                Assert.Equal(known.AuthTag, envelope.AuthTag);
            }

            await using (var transaction = await receiver.Store.BeginAsync(Ct))
            {
                var opened = await receiver.Opener.OpenAsync(
                    transaction, handshake.ConversationId.Id, sender.UserId, known.EncryptedContent, known.Nonce, known.AuthTag, Ct);
                await transaction.CommitAsync(Ct);
                Assert.Equal(known.Content.Bytes, opened.Content);
                Assert.Equal(known.MessageId.Id, opened.MessageId);
                Assert.Equal(sender.DeviceId, opened.SenderDeviceId);
            }
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void The_padding_is_the_known_one(bool oneTimePreKey)
    {
        foreach (var known in KnownAnswers.For(oneTimePreKey).Envelopes)
        {
            var padded = new byte[Padding.PaddedSize(known.Content.Bytes.Length)];
            Padding.Pad(known.Content, padded);
            Assert.Equal(known.Padded.Bytes, padded);
            Assert.Equal(known.Content.Bytes.Length, Padding.ContentSize(known.Padded));
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void The_safety_number_is_the_known_one(bool oneTimePreKey)
    {
        var handshake = KnownAnswers.For(oneTimePreKey);
        var digits = handshake.SafetyNumber;
        DeviceIdentity alice = DeviceIdentity.FromEncoded(handshake.Alice.Encoded), bob = DeviceIdentity.FromEncoded(handshake.Bob.Encoded);

        Assert.Equal(digits.Alice, SafetyNumber.ComputeHalf(digits.AliceUserId.Id, [alice]));
        Assert.Equal(digits.Bob, SafetyNumber.ComputeHalf(digits.BobUserId.Id, [bob]));
        Assert.Equal(digits.Number, SafetyNumber.Compute(digits.AliceUserId.Id, [alice], digits.BobUserId.Id, [bob]));
        Assert.Equal(digits.Number, SafetyNumber.Compute(digits.BobUserId.Id, [bob], digits.AliceUserId.Id, [alice]));
    }
}
