using System.Security.Cryptography;
using ChatService.Client.Encryption.Sessions;

namespace ChatService.Client.Encryption.Envelopes;

/// <summary>Tries an envelope on a session: first the wrap, whose tag covers everything, then the content.</summary>
internal sealed class OpeningAttempt
{
    private readonly DoubleRatchet _ratchet;
    private readonly ContentCipher _cipher;
    private readonly ReadOnlyMemory<byte> _nonce;
    private readonly ReadOnlyMemory<byte> _tag;
    private readonly byte[] _associatedData;
    private readonly byte[] _bind = new byte[ContentCipher.BindSize];

    public OpeningAttempt(EncryptionOptions options, Guid conversationId, Envelope envelope, Wrap wrap, ReadOnlyMemory<byte> nonce, ReadOnlyMemory<byte> tag)
    {
        (Envelope, Wrap, _nonce, _tag) = (envelope, wrap, nonce, tag);
        _ratchet = new(options.Random, options.AesGcm);
        _cipher = new(options.AesGcm);
        _associatedData = ContentCipher.AssociatedData(conversationId, envelope.SenderDeviceId, envelope.MessageId, envelope.Commitment.Span);
        ContentCipher.Bind(_associatedData, nonce.Span, envelope.Ciphertext.Span, tag.Span, _bind);
    }

    public Envelope Envelope { get; }

    public Wrap Wrap { get; }

    /// <summary>Moves <paramref name="session"/> and <paramref name="skipped"/>, which must be thrown away when this throws.</summary>
    public byte[] Open(Session session, SkippedKeys skipped)
    {
        Span<byte> seed = stackalloc byte[EnvelopeLayout.SeedSize];
        try
        {
            _ratchet.Decrypt(session, skipped, _bind, Wrap.RatchetMessage.Span, seed);
            return _cipher.Decrypt(seed, Envelope.Commitment.Span, _nonce.Span, _associatedData, Envelope.Ciphertext.Span, _tag.Span);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }
}
