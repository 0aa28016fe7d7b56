using System.Security.Cryptography;
using ChatService.Client.Encryption.Keys;
using ChatService.Client.Encryption.Sessions;
using ChatService.Client.Encryption.Trust;
using ChatService.Client.Storage;

namespace ChatService.Client.Encryption.Envelopes;

/// <summary>Finds the session that a message belongs to, or begins the one it asks for, and saves its next state (protocol §3).</summary>
internal sealed class SessionOpening(IChatTransaction transaction, OpeningAttempt attempt)
{
    private readonly SessionStore _store = new(transaction);
    private readonly Guid _sender = attempt.Envelope.SenderDeviceId;

    public async ValueTask<(byte[] Content, DeviceIdentity Peer)> OpenAsync(PinnedDevice? pin, CancellationToken ct)
    {
        var sessions = await _store.LoadAsync(_sender, ct);
        try
        {
            if (attempt.Wrap.PreKeyHeader is not { } header)
                return await OpenOnAnyAsync(sessions, pin, ct);
            return sessions.Find(header.SessionId) is { } session
                ? await OpenOnAsync(sessions, session, ct)
                : await BeginAsync(sessions, header, ct);
        }
        finally
        {
            sessions.Zero();
        }
    }

    /// <summary>The session that knows the ratchet key; when none does, it begins a chain, and any may be the one.</summary>
    private async ValueTask<(byte[] Content, DeviceIdentity Peer)> OpenOnAnyAsync(SessionSet sessions, PinnedDevice? pin, CancellationToken ct)
    {
        var candidates = sessions.Sessions.Where(session => pin is null || session.Peer.Equals(pin.Identity)).ToArray();
        if (candidates.Length == 0)
            throw new EncryptionException(EncryptionError.NoSession, "The message belongs to a session that this device does not have.") { DeviceIds = [_sender] };

        var known = Array.FindAll(candidates, session => RatchetKey.SequenceEqual(session.PeerRatchetKey));
        if (known.Length == 0)
            known = await FindBySkippedKeyAsync(candidates, ct);

        EncryptionException? failure = null;
        foreach (var session in known.Length > 0 ? known : candidates)
        {
            try
            {
                return await OpenOnAsync(sessions, session, ct);
            }
            catch (EncryptionException e)
            {
                failure ??= e;
            }
        }

        throw failure!;
    }

    private async ValueTask<Session[]> FindBySkippedKeyAsync(Session[] candidates, CancellationToken ct)
    {
        List<Session> known = [];
        foreach (var session in candidates)
        {
            if ((await _store.LoadSkippedAsync(_sender, session, ct)).KnowsChain(RatchetKey))
                known.Add(session);
        }

        return [.. known];
    }

    private async ValueTask<(byte[] Content, DeviceIdentity Peer)> OpenOnAsync(SessionSet sessions, Session session, CancellationToken ct)
    {
        var next = session.Clone();
        var skipped = await _store.LoadSkippedAsync(_sender, session, ct);
        try
        {
            var content = attempt.Open(next, skipped);
            await SaveAsync(sessions, next, skipped, ct);
            return (content, session.Peer);
        }
        finally
        {
            next.Zero();
        }
    }

    private async ValueTask<(byte[] Content, DeviceIdentity Peer)> BeginAsync(SessionSet sessions, PreKeyHeader header, CancellationToken ct)
    {
        var ring = new KeyRing(transaction);
        var seen = Convert.ToHexStringLower(header.SessionId);
        if (await ring.HasSeenAsync(header.SignedPreKeyId, seen, ct))
            throw new EncryptionException(EncryptionError.ReplayedSession, "The message starts a session that has been started before: it was replayed.");

        var signedPreKey = await ring.SignedPreKeyAsync(header.SignedPreKeyId, ct) ?? throw UnknownPreKey();
        var kemPreKey = await ring.KemPreKeyAsync(header.KemPreKeyId, ct) ?? throw UnknownPreKey();
        var oneTimePreKey = header.OneTimePreKeyId == PreKeyId.None ? null : await ring.OneTimePreKeyAsync(header.OneTimePreKeyId, ct) ?? throw UnknownPreKey();
        var own = (await ring.StateAsync(ct)).Identity;
        var session = KeyAgreement.Respond(own, header, signedPreKey, kemPreKey, oneTimePreKey);
        own.Zero();
        signedPreKey.Zero();
        kemPreKey.Zero();
        CryptographicOperations.ZeroMemory(oneTimePreKey);

        var skipped = SkippedKeys.Empty();
        try
        {
            var content = attempt.Open(session, skipped);
            await ring.RememberAsync(header.SignedPreKeyId, seen, ct);
            if (oneTimePreKey is not null)
                await ring.DeleteOneTimePreKeyAsync(header.OneTimePreKeyId, ct);
            await SaveAsync(sessions, session, skipped, ct);
            return (content, session.Peer);
        }
        finally
        {
            session.Zero();
        }
    }

    private async ValueTask SaveAsync(SessionSet sessions, Session next, SkippedKeys skipped, CancellationToken ct)
    {
        await _store.SaveSkippedAsync(_sender, next, skipped, ct);
        if (sessions.PutFirst(next) is { } dropped)
        {
            await _store.DeleteSkippedAsync(_sender, dropped, ct);
            dropped.Zero();
        }

        await _store.SaveAsync(_sender, sessions, ct);
    }

    private ReadOnlySpan<byte> RatchetKey => RatchetHeader.Parse(attempt.Wrap.RatchetMessage.Span).RatchetKey;

    private static EncryptionException UnknownPreKey() =>
        new(EncryptionError.UnknownPreKey, "The message starts a session on a prekey that this device no longer has: ask the sender to send it again.");
}
