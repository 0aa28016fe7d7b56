using System.Text.Json;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Tests.Encryption.Vectors;

/// <summary>The examples printed in the RFCs themselves.</summary>
public sealed class RfcTests
{
    private static readonly JsonElement Rfc = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Vectors", "rfc.json"))).RootElement;

    [Fact]
    public void X25519_is_that_of_RFC_7748()
    {
        foreach (var example in Rfc.GetProperty("rfc7748").EnumerateArray())
        {
            var output = new byte[32];
            Curve25519.Agree(Bytes(example, "k"), Bytes(example, "u"), output);
            Assert.Equal(Bytes(example, "out"), output);
        }

        var iterated = Rfc.GetProperty("rfc7748_iterated");
        byte[] k = Bytes(iterated, "start"), u = Bytes(iterated, "start");
        for (var i = 1; i <= 1000; i++)
        {
            var next = new byte[32];
            Curve25519.Agree(k, u, next);
            (u, k) = (k, next);
            if (i == 1)
                Assert.Equal(Bytes(iterated, "after1"), k);
        }

        Assert.Equal(Bytes(iterated, "after1000"), k);
    }

    [Fact]
    public void Ed25519_is_that_of_RFC_8032()
    {
        foreach (var example in Rfc.GetProperty("rfc8032").EnumerateArray())
        {
            var publicKey = new byte[32];
            Ed25519Signature.PublicKey(Bytes(example, "sk"), publicKey);
            Assert.Equal(Bytes(example, "pk"), publicKey);
            Assert.Equal(Bytes(example, "sig"), Ed25519Signature.Sign(Bytes(example, "sk"), Bytes(example, "msg")));
            Assert.True(Ed25519Signature.Verify(Bytes(example, "sig"), publicKey, Bytes(example, "msg")));
        }
    }

    [Fact]
    public void HKDF_is_that_of_RFC_5869()
    {
        foreach (var example in Rfc.GetProperty("rfc5869").EnumerateArray())
        {
            var output = new byte[example.GetProperty("len").GetInt32()];
            KeyDerivation.Hkdf(Bytes(example, "ikm"), Bytes(example, "salt"), Bytes(example, "info"), output);
            Assert.Equal(Bytes(example, "okm"), output);
        }
    }

    private static byte[] Bytes(JsonElement example, string property) => Convert.FromHexString(example.GetProperty(property).GetString()!);
}
