using System.Security.Cryptography;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Encryption.Sessions;

/// <summary>PQXDH (protocol §3): both sides' way to the session key and to the first state of the ratchet.</summary>
internal static class KeyAgreement
{
    private const byte KemType = 0x11;

    /// <param name="bundle">Verified, and by the identity <paramref name="peer"/>.</param>
    public static Session Initiate(IdentityKeyPair own, DeviceIdentity peer, PreKeyBundle bundle, IRandomSource random)
    {
        var ephemeral = X25519KeyPair.Generate(random);
        var header = new byte[PreKeyHeader.Size];
        var kemCiphertext = PreKeyHeader.Write(header, own.Identity, ephemeral.Public, bundle);
        Span<byte> secrets = stackalloc byte[32 * 6];
        secrets[..32].Fill(0xFF);
        Curve25519.Agree(own.AgreementKey, bundle.SignedPreKey, secrets[32..64]);
        Curve25519.Agree(ephemeral.Private, peer.AgreementKey, secrets[64..96]);
        Curve25519.Agree(ephemeral.Private, bundle.SignedPreKey, secrets[96..128]);
        var length = 128;
        if (bundle.OneTimePreKey is not null)
        {
            Curve25519.Agree(ephemeral.Private, bundle.OneTimePreKey, secrets[128..160]);
            length = 160;
        }

        MlKem768.Encapsulate(bundle.KemPreKey, random, kemCiphertext, secrets.Slice(length, 32));
        var rootKey = SessionKey(secrets, length + 32);
        ephemeral.Zero();

        var ratchet = X25519KeyPair.Generate(random);
        var sendingChain = new byte[32];
        Span<byte> secret = stackalloc byte[32];
        Curve25519.Agree(ratchet.Private, bundle.SignedPreKey, secret);
        KeyDerivation.RootStep(rootKey, secret, sendingChain);
        CryptographicOperations.ZeroMemory(secret);

        return new()
        {
            Id = PreKeyHeader.Parse(header).SessionId,
            Peer = peer,
            AssociatedData = AssociatedData(own.Identity, peer, bundle.KemPreKey),
            PendingPreKeyHeader = header,
            RootKey = rootKey,
            Ratchet = ratchet,
            PeerRatchetKey = bundle.SignedPreKey,
            SendingChain = sendingChain,
        };
    }

    /// <param name="oneTimePreKey">The private half that the header names, or null when it names none.</param>
    public static Session Respond(IdentityKeyPair own, PreKeyHeader header, StoredPreKey signedPreKey, StoredPreKey kemPreKey, byte[]? oneTimePreKey)
    {
        Span<byte> secrets = stackalloc byte[32 * 6];
        secrets[..32].Fill(0xFF);
        Curve25519.Agree(signedPreKey.Private, header.Initiator.AgreementKey, secrets[32..64]);
        Curve25519.Agree(own.AgreementKey, header.EphemeralKey, secrets[64..96]);
        Curve25519.Agree(signedPreKey.Private, header.EphemeralKey, secrets[96..128]);
        var length = 128;
        if (oneTimePreKey is not null)
        {
            Curve25519.Agree(oneTimePreKey, header.EphemeralKey, secrets[128..160]);
            length = 160;
        }

        MlKem768.Decapsulate(kemPreKey.Private, header.Ciphertext, secrets.Slice(length, 32));
        return new()
        {
            Id = header.SessionId,
            Peer = header.Initiator,
            AssociatedData = AssociatedData(header.Initiator, own.Identity, kemPreKey.Public.PublicKey),
            RootKey = SessionKey(secrets, length + 32),
            Ratchet = new([.. signedPreKey.Private], signedPreKey.Public.PublicKey),
        };
    }

    private static byte[] SessionKey(Span<byte> secrets, int length)
    {
        var sessionKey = new byte[32];
        KeyDerivation.SessionKey(secrets[..length], sessionKey);
        CryptographicOperations.ZeroMemory(secrets);
        return sessionKey;
    }

    private static byte[] AssociatedData(DeviceIdentity initiator, DeviceIdentity responder, ReadOnlySpan<byte> kemPreKey)
    {
        var data = new byte[Session.AssociatedDataSize];
        initiator.Encoded.Span.CopyTo(data);
        responder.Encoded.Span.CopyTo(data.AsSpan(DeviceIdentity.EncodedSize));
        SHA256.HashData([KemType, .. kemPreKey], data.AsSpan(2 * DeviceIdentity.EncodedSize));
        return data;
    }
}
