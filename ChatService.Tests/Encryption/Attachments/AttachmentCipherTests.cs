using System.Security.Cryptography;
using ChatService.Client.Encryption;
using ChatService.Client.Encryption.Attachments;

namespace ChatService.Tests.Encryption.Attachments;

public sealed class AttachmentCipherTests
{
    private const int Chunk = (64 * 1024) + 16;
    private const int Prefix = 7;
    private readonly AttachmentCipher _cipher = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(0), InlineData(1), InlineData(65_535), InlineData(65_536), InlineData(65_537), InlineData(131_072), InlineData(300_000)]
    public async Task A_file_of_any_size_comes_back_as_it_was(int size)
    {
        var file = RandomNumberGenerator.GetBytes(size);
        var (ciphertext, secret) = await EncryptAsync(file);
        Assert.Equal(AttachmentCipher.CiphertextSize(size), ciphertext.Length);
        Assert.Equal(size, secret.Size);
        Assert.Equal(SHA256.HashData(ciphertext), secret.Sha256);
        Assert.Equal(file, await DecryptAsync(ciphertext, secret));
    }

    [Fact]
    public async Task Every_file_has_its_own_key()
    {
        var (first, _) = await EncryptAsync(new byte[100]);
        var (second, _) = await EncryptAsync(new byte[100]);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task What_is_changed_cut_reordered_or_prolonged_is_refused_even_with_a_fitting_hash()
    {
        var (whole, secret) = await EncryptAsync(RandomNumberGenerator.GetBytes(200_000));
        byte[] first = whole[Prefix..(Prefix + Chunk)], second = whole[(Prefix + Chunk)..(Prefix + (2 * Chunk))];
        byte[] changed = [.. whole];
        changed[100_000] ^= 1;
        byte[][] hostile =
        [
            [],
            whole[..Prefix],
            whole[..(Prefix + 5)],
            whole[..^1],
            whole[..(Prefix + Chunk)],
            whole[..(Prefix + (3 * Chunk))],
            [.. whole, 0],
            [.. whole, .. first],
            [.. whole[..Prefix], .. second, .. first, .. whole[(Prefix + (2 * Chunk))..]],
            [.. whole[..Prefix], .. whole[(Prefix + Chunk)..]],
            changed,
        ];
        foreach (var ciphertext in hostile)
            Assert.Equal(EncryptionError.Tampered, await RefusalAsync(ciphertext, secret with { Sha256 = SHA256.HashData(ciphertext) }));
        Assert.Equal(EncryptionError.Tampered, await RefusalAsync(whole, secret with { Sha256 = new byte[32] }));
        Assert.Equal(EncryptionError.Tampered, await RefusalAsync(whole, secret with { Size = 199_999 }));
        Assert.Equal(EncryptionError.Tampered, await RefusalAsync(whole, secret with { Key = new byte[32] }));
        Assert.Equal(EncryptionError.Malformed, await RefusalAsync(whole, secret with { Key = new byte[16] }));
    }

    [Fact]
    public async Task A_secret_does_not_print_its_key()
    {
        var (_, secret) = await EncryptAsync([1, 2, 3]);
        Assert.Equal("AttachmentSecret (3 bytes)", secret.ToString());
    }

    private async Task<(byte[] Ciphertext, AttachmentSecret Secret)> EncryptAsync(byte[] file)
    {
        using var ciphertext = new MemoryStream();
        var secret = await _cipher.EncryptAsync(new MemoryStream(file), ciphertext, Ct);
        return (ciphertext.ToArray(), secret);
    }

    private async Task<byte[]> DecryptAsync(byte[] ciphertext, AttachmentSecret secret)
    {
        using var plaintext = new MemoryStream();
        await _cipher.DecryptAsync(new MemoryStream(ciphertext), plaintext, secret, Ct);
        return plaintext.ToArray();
    }

    private async Task<EncryptionError> RefusalAsync(byte[] ciphertext, AttachmentSecret secret) =>
        (await Assert.ThrowsAsync<EncryptionException>(() => DecryptAsync(ciphertext, secret))).Error;
}
