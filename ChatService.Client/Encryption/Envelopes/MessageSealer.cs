using System.Security.Cryptography;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.Primitives;
using ChatService.Client.Encryption.Sessions;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Client.Encryption.Envelopes;

/// <summary>
/// Seals messages of one device (protocol §5). Everything is written to the transaction that the caller passes: commit it before the envelope is sent,
/// so that no ratchet key is ever used twice; dispose of it when sealing threw.
/// </summary>
public sealed class MessageSealer(Guid ownDeviceId, EncryptionOptions? options = null)
{
    private static readonly Guid[] NoDevices = [];

    private readonly EncryptionOptions _options = options ?? EncryptionOptions.Default;

    /// <summary>The devices whose bundles have to be fetched before a message can be sealed for all of them.</summary>
    public static async ValueTask<IReadOnlyList<Guid>> FindDevicesWithoutSessionAsync(
        IChatTransaction transaction, IEnumerable<Guid> deviceIds, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(deviceIds);
        List<Guid> missing = [];
        foreach (var deviceId in deviceIds)
        {
            if (!await new SessionStore(transaction).AnyAsync(deviceId, ct))
                missing.Add(deviceId);
        }

        return missing;
    }

    /// <param name="messageId">A UUIDv7; the same again for a retry.</param>
    /// <param name="recipients">Every active device of every member, less this one (protocol §2): at most 128.</param>
    /// <param name="bundles">For the devices without a session; others are not looked at.</param>
    /// <exception cref="EncryptionException">NoSession (with the devices), UntrustedBundle, IdentityChanged, UnconfirmedDevice, TooLarge.</exception>
    public async ValueTask<SealedEnvelope> SealAsync(
        IChatTransaction transaction,
        Guid conversationId,
        Guid messageId,
        ReadOnlyMemory<byte> content,
        IReadOnlyCollection<RecipientDevice> recipients,
        IReadOnlyCollection<PreKeyBundle>? bundles = null,
        CancellationToken ct = default)
    {
        var (envelope, secret) = await SealAsync(transaction, conversationId, messageId, content, recipients, bundles ?? [], NoDevices, ct);
        CryptographicOperations.ZeroMemory(secret.Seed);
        return envelope;
    }

    /// <summary>As the other one, and keeps what it takes to <see cref="WrapAgainAsync"/>.</summary>
    /// <param name="fresh">Devices with which a session is started although there is one; their bundles are needed too.</param>
    internal async ValueTask<(SealedEnvelope Envelope, EnvelopeSecret Secret)> SealAsync(
        IChatTransaction transaction,
        Guid conversationId,
        Guid messageId,
        ReadOnlyMemory<byte> content,
        IReadOnlyCollection<RecipientDevice> recipients,
        IReadOnlyCollection<PreKeyBundle> bundles,
        IReadOnlyCollection<Guid> fresh,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(recipients);
        CheckSize(content.Length, recipients);

        var store = new SessionStore(transaction);
        List<(Guid DeviceId, SessionSet Sessions)> outgoing = new(recipients.Count);
        foreach (var recipient in recipients)
            outgoing.Add((recipient.DeviceId, await store.LoadAsync(recipient.DeviceId, ct)));

        try
        {
            var starting = await CheckBundlesAsync(transaction, recipients, outgoing, bundles, fresh, ct);
            await SendingTrust.RequireAsync(transaction, recipients, ct);
            await StartSessionsAsync(transaction, outgoing, starting, ct);
            var (envelope, secret) = Seal(conversationId, messageId, content.Span, outgoing);
            foreach (var (deviceId, sessions) in outgoing)
                await store.SaveAsync(deviceId, sessions, ct);
            return (envelope, secret);
        }
        finally
        {
            foreach (var (_, sessions) in outgoing)
                sessions.Zero();
        }
    }

    /// <summary>Another wrap of an envelope that this device sealed, for a device that could not open the first one. It goes through the current session.</summary>
    /// <exception cref="EncryptionException">NoSession, IdentityChanged, UnconfirmedDevice.</exception>
    internal async ValueTask<byte[]> WrapAgainAsync(IChatTransaction transaction, RecipientDevice recipient, EnvelopeSecret secret, CancellationToken ct)
    {
        var store = new SessionStore(transaction);
        var sessions = await store.LoadAsync(recipient.DeviceId, ct);
        try
        {
            if (sessions.Sending is null)
                throw new EncryptionException(EncryptionError.NoSession, "There is no session with this device.") { DeviceIds = [recipient.DeviceId] };
            await SendingTrust.RequireAsync(transaction, [recipient], ct);
            var ratchet = new DoubleRatchet(_options.Random, _options.AesGcm);
            ratchet.PrepareToSend(sessions.Sending);
            var wrap = Wrap(recipient.DeviceId, sessions.Sending, ratchet, secret);
            await store.SaveAsync(recipient.DeviceId, sessions, ct);
            return wrap;
        }
        finally
        {
            sessions.Zero();
        }
    }

    private static byte[] Wrap(Guid deviceId, Session session, DoubleRatchet ratchet, EnvelopeSecret secret)
    {
        var wrap = new byte[EnvelopeWriter.WrapSize(session)];
        var rest = wrap.AsSpan();
        ratchet.Encrypt(session, secret.Bind, secret.Seed, EnvelopeWriter.WriteWrap(ref rest, deviceId, session));
        return wrap;
    }

    private void CheckSize(int contentSize, IReadOnlyCollection<RecipientDevice> recipients)
    {
        if (recipients.Count > Limits.DevicesPerConversation)
            throw new EncryptionException(EncryptionError.TooLarge, $"A message can be for {Limits.DevicesPerConversation} devices at most, and this one is for {recipients.Count}.");
        if (contentSize > Limits.EnvelopeBase64 || !EnvelopeLayout.FitsLimit(EnvelopeLayout.HeaderSize + (recipients.Count * EnvelopeLayout.PreKeyWrapSize) + Padding.PaddedSize(contentSize)))
            throw new EncryptionException(EncryptionError.TooLarge, "The message is too long: an envelope holds 256 KiB. Send it as a file instead.");
        HashSet<Guid> seen = [ownDeviceId];
        if (!recipients.All(recipient => seen.Add(recipient.DeviceId)))
            throw new ArgumentException("A device is listed twice, or is the sending device itself.", nameof(recipients));
    }

    private async ValueTask<Dictionary<Guid, (PreKeyBundle Bundle, DeviceIdentity Identity)>> CheckBundlesAsync(
        IChatTransaction transaction, IReadOnlyCollection<RecipientDevice> recipients, List<(Guid DeviceId, SessionSet Sessions)> outgoing, IReadOnlyCollection<PreKeyBundle> bundles, IReadOnlyCollection<Guid> fresh, CancellationToken ct)
    {
        var withoutSession = outgoing.Where(device => device.Sessions.Sending is null || fresh.Contains(device.DeviceId)).Select(device => device.DeviceId).ToHashSet();
        var missing = withoutSession.Except(bundles.Select(bundle => bundle.DeviceId)).ToArray();
        if (missing.Length > 0)
            throw new EncryptionException(EncryptionError.NoSession, "Some devices have no session yet: fetch their key bundles and seal again.") { DeviceIds = missing };

        var pins = new PinnedDevices(_options.Time);
        Dictionary<Guid, (PreKeyBundle, DeviceIdentity)> starting = [];
        foreach (var recipient in recipients.Where(recipient => withoutSession.Contains(recipient.DeviceId)))
        {
            var bundle = bundles.First(bundle => bundle.DeviceId == recipient.DeviceId);
            var identity = bundle.Verify();
            await pins.PinAsync(transaction, recipient.UserId, recipient.DeviceId, identity, ct);
            starting.Add(recipient.DeviceId, (bundle, identity));
        }

        return starting;
    }

    private async ValueTask StartSessionsAsync(
        IChatTransaction transaction, List<(Guid DeviceId, SessionSet Sessions)> outgoing, Dictionary<Guid, (PreKeyBundle Bundle, DeviceIdentity Identity)> starting, CancellationToken ct)
    {
        var own = starting.Count > 0 ? (await new KeyRing(transaction).StateAsync(ct)).Identity : null;
        var ratchet = new DoubleRatchet(_options.Random, _options.AesGcm);
        foreach (var (deviceId, sessions) in outgoing)
        {
            if (starting.TryGetValue(deviceId, out var start))
                sessions.PutFirst(KeyAgreement.Initiate(own!, start.Identity, start.Bundle, _options.Random));
            ratchet.PrepareToSend(sessions.Sending!);
        }

        own?.Zero();
    }

    private (SealedEnvelope Envelope, EnvelopeSecret Secret) Seal(Guid conversationId, Guid messageId, ReadOnlySpan<byte> content, List<(Guid DeviceId, SessionSet Sessions)> outgoing)
    {
        byte[] nonce = new byte[AesGcmSizes.Nonce], tag = new byte[AesGcmSizes.Tag];
        byte[] seed = new byte[EnvelopeLayout.SeedSize], bind = new byte[ContentCipher.BindSize];
        Span<byte> keyAndCommitment = stackalloc byte[AesGcmSizes.Key + EnvelopeLayout.CommitmentSize];
        _options.Random.Fill(seed);
        _options.Random.Fill(nonce);
        KeyDerivation.Content(seed, keyAndCommitment);
        var commitment = keyAndCommitment[AesGcmSizes.Key..];

        var wrapsSize = outgoing.Sum(device => EnvelopeWriter.WrapSize(device.Sessions.Sending!));
        var encryptedContent = new byte[EnvelopeLayout.HeaderSize + wrapsSize + Padding.PaddedSize(content.Length)];
        EnvelopeWriter.WriteHeader(encryptedContent, ownDeviceId, messageId, commitment, outgoing.Count);
        var associatedData = ContentCipher.AssociatedData(conversationId, ownDeviceId, messageId, commitment);
        var ciphertext = encryptedContent.AsSpan(EnvelopeLayout.HeaderSize + wrapsSize);
        new ContentCipher(_options.AesGcm).Encrypt(keyAndCommitment, content, nonce, associatedData, ciphertext, tag);

        ContentCipher.Bind(associatedData, nonce, ciphertext, tag, bind);
        var ratchet = new DoubleRatchet(_options.Random, _options.AesGcm);
        var rest = encryptedContent.AsSpan(EnvelopeLayout.HeaderSize, wrapsSize);
        foreach (var (deviceId, sessions) in outgoing)
        {
            var message = EnvelopeWriter.WriteWrap(ref rest, deviceId, sessions.Sending!);
            ratchet.Encrypt(sessions.Sending!, bind, seed, message);
        }

        CryptographicOperations.ZeroMemory(keyAndCommitment);
        return (new(encryptedContent, nonce, tag), new(seed, bind));
    }
}
