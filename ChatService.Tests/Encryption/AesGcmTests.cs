using ChatService.Client.Encryption.Primitives;
using CsCheck;

namespace ChatService.Tests.Encryption;

public sealed class AesGcmTests
{
    [Fact]
    public void The_platform_and_BouncyCastle_give_the_same_and_open_each_others() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte.Array[12], Gen.Byte.Array[0, 600], Gen.Byte.Array[0, 300]).Sample((key, nonce, plaintext, associatedData) =>
        {
            var (platform, managed) = (new PlatformAesGcm(), new BouncyCastleAesGcm());
            byte[] first = new byte[plaintext.Length], second = new byte[plaintext.Length], firstTag = new byte[16], secondTag = new byte[16], opened = new byte[plaintext.Length];
            platform.Encrypt(key, nonce, plaintext, first, firstTag, associatedData);
            managed.Encrypt(key, nonce, plaintext, second, secondTag, associatedData);
            Assert.Equal(first, second);
            Assert.Equal(firstTag, secondTag);
            Assert.True(managed.TryDecrypt(key, nonce, first, firstTag, opened, associatedData));
            Assert.Equal(plaintext, opened);
            Assert.True(platform.TryDecrypt(key, nonce, second, secondTag, opened, associatedData));

            firstTag[3] ^= 1;
            Assert.False(managed.TryDecrypt(key, nonce, first, firstTag, opened, associatedData));
            Assert.False(platform.TryDecrypt(key, nonce, first, firstTag, opened, associatedData));
            Assert.All(opened, b => Assert.Equal(0, b));
        }, iter: 200);
}
