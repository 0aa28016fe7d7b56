using System.Security.Cryptography;
using System.Text.Json;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Tests.Encryption.Wycheproof;

public sealed class WycheproofTests
{
    [Fact]
    public void X25519_agrees_and_refuses_an_all_zero_secret()
    {
        var cases = 0;
        foreach (var (_, test) in WycheproofFile.Cases("x25519_test.json"))
        {
            byte[] expected = test.Bytes("shared"), secret = new byte[32];
            var refused = Record.Exception(() => Curve25519.Agree(test.Bytes("private"), test.Bytes("public"), secret));
            if (expected.All(b => b == 0))
                Assert.IsType<EncryptionException>(refused);
            else
                Assert.True(refused is null && secret.SequenceEqual(expected), test.Named());
            cases++;
        }

        Assert.Equal(518, cases);
    }

    [Fact]
    public void Ed25519_accepts_and_refuses_signatures()
    {
        foreach (var (group, test) in WycheproofFile.Cases("ed25519_test.json"))
        {
            var publicKey = group.GetProperty("publicKey").Bytes("pk");
            Assert.True(test.IsValid() == Ed25519Signature.Verify(test.Bytes("sig"), publicKey, test.Bytes("msg")), test.Named());
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public void AES_GCM_encrypts_decrypts_and_refuses(bool platform)
    {
        IAesGcm aes = platform ? new PlatformAesGcm() : new BouncyCastleAesGcm();
        var cases = 0;
        foreach (var (group, test) in WycheproofFile.Cases("aes_gcm_test.json"))
        {
            if (Size(group, "ivSize") != 96 || Size(group, "tagSize") != 128 || Size(group, "keySize") != 256)
                continue;
            byte[] key = test.Bytes("key"), nonce = test.Bytes("iv"), aad = test.Bytes("aad"), message = test.Bytes("msg"), ciphertext = test.Bytes("ct"), tag = test.Bytes("tag");
            byte[] opened = new byte[ciphertext.Length], encrypted = new byte[message.Length], itsTag = new byte[16];
            var decrypted = aes.TryDecrypt(key, nonce, ciphertext, tag, opened, aad);
            aes.Encrypt(key, nonce, message, encrypted, itsTag, aad);

            Assert.True(decrypted == test.IsValid(), test.Named());
            Assert.True(opened.SequenceEqual(decrypted ? message : new byte[message.Length]), test.Named());
            Assert.True(encrypted.SequenceEqual(ciphertext) && itsTag.SequenceEqual(tag) == test.IsValid(), test.Named());
            cases++;
        }

        Assert.True(cases > 50);
    }

    [Fact]
    public void HKDF_derives()
    {
        foreach (var (_, test) in WycheproofFile.Cases("hkdf_sha256_test.json"))
        {
            var output = new byte[test.GetProperty("size").GetInt32()];
            var refused = Record.Exception(() => KeyDerivation.Hkdf(test.Bytes("ikm"), test.Bytes("salt"), test.Bytes("info"), output));
            Assert.True(test.IsValid() ? refused is null && output.SequenceEqual(test.Bytes("okm")) : refused is not null, test.Named());
        }
    }

    [Fact]
    public void HMAC_authenticates()
    {
        foreach (var (group, test) in WycheproofFile.Cases("hmac_sha256_test.json"))
        {
            var tag = HMACSHA256.HashData(test.Bytes("key"), test.Bytes("msg"))[..(Size(group, "tagSize") / 8)];
            Assert.True(test.IsValid() == tag.SequenceEqual(test.Bytes("tag")), test.Named());
        }
    }

    [Fact]
    public void ML_KEM_makes_keys_from_seeds()
    {
        foreach (var (_, test) in WycheproofFile.Cases("mlkem_768_keygen_seed_test.json"))
        {
            Assert.True(MlKem768.PublicKey(test.Bytes("seed")).SequenceEqual(test.Bytes("ek")), test.Named());
            Assert.True(MlKem768.FromSeed(test.Bytes("seed")).GetEncoded().SequenceEqual(test.Bytes("dk")), test.Named());
        }
    }

    [Fact]
    public void ML_KEM_decapsulates_and_refuses_what_has_a_wrong_size()
    {
        foreach (var (_, test) in WycheproofFile.Cases("mlkem_768_test.json"))
        {
            var secret = new byte[MlKem768.SecretSize];
            var refused = Record.Exception(() => MlKem768.Decapsulate(test.Bytes("seed"), test.Bytes("c"), secret));
            if (test.IsValid())
                Assert.True(refused is null && secret.SequenceEqual(test.Bytes("K")), test.Named());
            else
                Assert.True(refused is not null, test.Named());
        }
    }

    [Fact]
    public void ML_KEM_refuses_a_malformed_private_key()
    {
        foreach (var (_, test) in WycheproofFile.Cases("mlkem_768_semi_expanded_decaps_test.json"))
        {
            var secret = new byte[MlKem768.SecretSize];
            var refused = Record.Exception(() => MlKem768.Decapsulate(MlKem768.FromEncoding(test.Bytes("dk")), test.Bytes("c"), secret));
            if (test.IsValid())
                Assert.True(refused is null && secret.SequenceEqual(test.Bytes("K")), test.Named());
            else
                Assert.True(refused is not null, test.Named());
        }
    }

    private static int Size(JsonElement group, string property) => group.GetProperty(property).GetInt32();
}
