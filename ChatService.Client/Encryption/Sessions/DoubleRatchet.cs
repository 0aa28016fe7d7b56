using System.Security.Cryptography;
using ChatService.Client.Encryption.Primitives;

namespace ChatService.Client.Encryption.Sessions;

/// <summary>The Double Ratchet (protocol §4; the Double Ratchet Algorithm, §3): how a session moves with each message.</summary>
internal sealed class DoubleRatchet(IRandomSource random, IAesGcm aes)
{
    /// <summary>What a message is longer than its plaintext.</summary>
    public const int Overhead = RatchetHeader.Size + AesGcmSizes.Tag;

    /// <summary>How many messages of a chain may be missing before one.</summary>
    public const int MaxSkip = 1000;

    private const int KeyAndNonceSize = AesGcmSizes.Key + AesGcmSizes.Nonce;
    private const int BindSize = 32;

    /// <summary>Makes the ratchet pair that the next message needs, where it begins a chain. Done for all recipients first, so that sealing draws no more.</summary>
    public void PrepareToSend(Session session)
    {
        if (session.SendingChain is not null)
            return;
        if (session.PeerRatchetKey is null)
            throw new InvalidOperationException("A session cannot send before it has received or been started.");
        session.Ratchet.Zero();
        session.Ratchet = X25519KeyPair.Generate(random);
        session.SendingChain = RootStep(session, session.PeerRatchetKey);
        session.Sent = 0;
    }

    /// <param name="message">Gets <c>header ‖ ciphertext ‖ tag</c>.</param>
    public void Encrypt(Session session, ReadOnlySpan<byte> bind, ReadOnlySpan<byte> plaintext, Span<byte> message)
    {
        PrepareToSend(session);
        Span<byte> messageKey = stackalloc byte[32], keyAndNonce = stackalloc byte[KeyAndNonceSize];
        KeyDerivation.ChainStep(session.SendingChain, messageKey);
        KeyDerivation.MessageKey(messageKey, keyAndNonce);
        RatchetHeader.Write(message, session.Ratchet.Public, session.PreviousSent, session.Sent);
        session.Sent = checked(session.Sent + 1);

        var header = message[..RatchetHeader.Size];
        Span<byte> associatedData = stackalloc byte[Session.AssociatedDataSize + RatchetHeader.Size + BindSize];
        WriteAssociatedData(associatedData, session, header, bind);
        var tag = message[^AesGcmSizes.Tag..];
        aes.Encrypt(keyAndNonce[..AesGcmSizes.Key], keyAndNonce[AesGcmSizes.Key..], plaintext, message[RatchetHeader.Size..^AesGcmSizes.Tag], tag, associatedData);
        CryptographicOperations.ZeroMemory(messageKey);
        CryptographicOperations.ZeroMemory(keyAndNonce);
    }

    /// <summary>Moves <paramref name="session"/> and <paramref name="skipped"/>, which the caller throws away when this throws.</summary>
    /// <exception cref="EncryptionException">Tampered, Duplicate, TooManySkipped or Malformed.</exception>
    public void Decrypt(Session session, SkippedKeys skipped, ReadOnlySpan<byte> bind, ReadOnlySpan<byte> message, Span<byte> plaintext)
    {
        var header = RatchetHeader.Parse(message);
        if (message.Length != plaintext.Length + Overhead)
            throw EncryptionException.Malformed("ratchet message");

        if (skipped.Find(header.RatchetKey, header.Number) is { } skippedKey)
        {
            Open(session, header, skippedKey, bind, message, plaintext);
            skipped.Remove(header.RatchetKey, header.Number);
        }
        else
        {
            if (!header.RatchetKey.SequenceEqual(session.PeerRatchetKey))
                BeginReceivingChain(session, skipped, header);
            else if (session.ReceivingChain is null)
                throw EncryptionException.Tampered();
            else if (header.Number < session.Received)
                throw new EncryptionException(EncryptionError.Duplicate, "The message has been decrypted before, or came after its key was dropped.");

            Skip(session, skipped, header.Number);
            var messageKey = new byte[32];
            KeyDerivation.ChainStep(session.ReceivingChain, messageKey);
            session.Received++;
            Open(session, header, messageKey, bind, message, plaintext);
            CryptographicOperations.ZeroMemory(messageKey);
        }

        skipped.Trim();
        session.SkippedCount = skipped.Count;
        session.PendingPreKeyHeader = null;
    }

    private static void BeginReceivingChain(Session session, SkippedKeys skipped, RatchetHeader header)
    {
        if (session.ReceivingChain is not null)
            Skip(session, skipped, header.PreviousCount);
        if (session.SendingChain is not null)
        {
            session.PreviousSent = session.Sent;
            session.SendingChain = null;
        }

        session.PeerRatchetKey = header.RatchetKey.ToArray();
        session.ReceivingChain = RootStep(session, session.PeerRatchetKey);
        session.Received = 0;
    }

    private static void Skip(Session session, SkippedKeys skipped, uint until)
    {
        if (until > (ulong)session.Received + MaxSkip)
            throw new EncryptionException(EncryptionError.TooManySkipped, $"More than {MaxSkip} messages are missing before this one: it cannot be decrypted.");
        for (; session.Received < until; session.Received++)
        {
            var messageKey = new byte[32];
            KeyDerivation.ChainStep(session.ReceivingChain, messageKey);
            skipped.Add(session.PeerRatchetKey!, session.Received, messageKey);
        }
    }

    private static byte[] RootStep(Session session, ReadOnlySpan<byte> peerRatchetKey)
    {
        Span<byte> secret = stackalloc byte[32];
        var chain = new byte[32];
        Curve25519.Agree(session.Ratchet.Private, peerRatchetKey, secret);
        KeyDerivation.RootStep(session.RootKey, secret, chain);
        CryptographicOperations.ZeroMemory(secret);
        return chain;
    }

    private void Open(Session session, RatchetHeader header, ReadOnlySpan<byte> messageKey, ReadOnlySpan<byte> bind, ReadOnlySpan<byte> message, Span<byte> plaintext)
    {
        Span<byte> keyAndNonce = stackalloc byte[KeyAndNonceSize];
        KeyDerivation.MessageKey(messageKey, keyAndNonce);
        Span<byte> associatedData = stackalloc byte[Session.AssociatedDataSize + RatchetHeader.Size + BindSize];
        WriteAssociatedData(associatedData, session, header.Bytes, bind);
        var opened = aes.TryDecrypt(
            keyAndNonce[..AesGcmSizes.Key], keyAndNonce[AesGcmSizes.Key..], message[RatchetHeader.Size..^AesGcmSizes.Tag], message[^AesGcmSizes.Tag..], plaintext, associatedData);
        CryptographicOperations.ZeroMemory(keyAndNonce);
        if (!opened)
            throw EncryptionException.Tampered();
    }

    private static void WriteAssociatedData(Span<byte> destination, Session session, ReadOnlySpan<byte> header, ReadOnlySpan<byte> bind)
    {
        session.AssociatedData.CopyTo(destination);
        header.CopyTo(destination[Session.AssociatedDataSize..]);
        bind.CopyTo(destination[(Session.AssociatedDataSize + RatchetHeader.Size)..]);
    }
}
