using Org.BouncyCastle.Security;

namespace ChatService.Client.Encryption.Primitives;

/// <summary>Lets BouncyCastle draw from our <see cref="IRandomSource"/>.</summary>
internal sealed class BouncyCastleRandom(IRandomSource random) : SecureRandom(null)
{
    public override void NextBytes(byte[] buf) => random.Fill(buf);

    public override void NextBytes(byte[] buf, int off, int len) => random.Fill(buf.AsSpan(off, len));

    public override void NextBytes(Span<byte> buffer) => random.Fill(buffer);
}
