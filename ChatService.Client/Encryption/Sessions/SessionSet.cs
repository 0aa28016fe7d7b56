namespace ChatService.Client.Encryption.Sessions;

/// <summary>The sessions with one device, at most five, the one to send on first (protocol §3).</summary>
internal sealed class SessionSet
{
    public const int Limit = 5;

    private const byte Format = 1;

    private readonly List<Session> _sessions = [];

    public IReadOnlyList<Session> Sessions => _sessions;

    public Session? Sending => _sessions.Count > 0 ? _sessions[0] : null;

    public Session? Find(ReadOnlySpan<byte> id)
    {
        foreach (var session in _sessions)
        {
            if (id.SequenceEqual(session.Id))
                return session;
        }

        return null;
    }

    /// <summary>Puts a new session, or the next state of one, in front; gives the one that falls out at the end.</summary>
    public Session? PutFirst(Session session)
    {
        _sessions.RemoveAll(s => s.Id.AsSpan().SequenceEqual(session.Id));
        _sessions.Insert(0, session);
        if (_sessions.Count <= Limit)
            return null;
        var dropped = _sessions[^1];
        _sessions.RemoveAt(_sessions.Count - 1);
        return dropped;
    }

    public StateWriter Write()
    {
        var writer = new StateWriter(Format, 2048);
        writer.UInt32((uint)_sessions.Count);
        foreach (var session in _sessions)
            session.Write(writer);
        return writer;
    }

    public static SessionSet Read(byte[] state)
    {
        var set = new SessionSet();
        var reader = new StateReader(state, Format);
        for (var count = reader.Count(Limit); count > 0; count--)
            set._sessions.Add(Session.Read(ref reader));
        reader.End();
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(state);
        return set;
    }

    public void Zero()
    {
        foreach (var session in _sessions)
            session.Zero();
    }
}
