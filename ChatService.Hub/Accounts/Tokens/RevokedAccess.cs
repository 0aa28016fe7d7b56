namespace ChatService.Hub.Accounts;

/// <summary>What of the last hour was revoked, in memory, so that asking costs a request nothing.</summary>
public sealed class RevokedAccess
{
    private volatile Dictionary<(string Subject, string? SessionId), DateTime> _revoked = [];

    public void Load(IEnumerable<(string Subject, string? SessionId, DateTime RevokedAt)> revocations)
    {
        Dictionary<(string, string?), DateTime> loaded = [];
        foreach (var (subject, sessionId, revokedAt) in revocations)
        {
            loaded[(subject, sessionId)] = loaded.TryGetValue((subject, sessionId), out var known) && known > revokedAt ? known : revokedAt;
        }

        _revoked = loaded;
    }

    public RevocationReason? Find(SignInSession session)
    {
        var revoked = _revoked;
        if (revoked.Count == 0)
        {
            return null;
        }

        return revoked.TryGetValue((session.Subject, null), out var everywhereAt) && session.IssuedAt <= everywhereAt ? RevocationReason.Account
            : session.Id is not null && revoked.ContainsKey((session.Subject, session.Id)) ? RevocationReason.Device
            : null;
    }
}
