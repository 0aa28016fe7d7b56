using ChatService.Client.Storage;

namespace ChatService.Client.Reseal;

/// <summary>
/// How often a device asks and answers. Each answer moves a ratchet and costs everyone a message, so neither a broken device
/// nor a hostile one gets many; and what comes again and again is not going to be opened.
/// </summary>
internal static class ResealLimits
{
    /// <summary>Messages in one request.</summary>
    public const int PerRequest = 32;

    /// <summary>Times that a message is asked for, and that it is wrapped again for one device.</summary>
    public const int PerMessage = 3;

    /// <summary>Requests that a device sends in a day, unless its options say otherwise.</summary>
    public const int RequestsPerDay = 50;

    /// <summary>Those of them that go to one device: no other one can use up all.</summary>
    public const int RequestsPerDeviceAndDay = 25;

    /// <summary>Wraps that one device is given in a day.</summary>
    public const int WrapsPerDeviceAndDay = 500;

    /// <summary>Answers that a device sends in a day, whoever asks.</summary>
    public const int AnswersPerDay = 100;

    /// <summary>Until a message is asked for again: ten seconds, then a minute; after six more it is given up.</summary>
    public static TimeSpan Patience(int tries) => TimeSpan.FromSeconds(10 * Math.Pow(6, tries - 1));

    /// <summary>Counts one more; false when there were enough.</summary>
    public static async ValueTask<bool> TryCountAsync(IChatTransaction transaction, string key, int most, CancellationToken ct)
    {
        var count = await transaction.GetNumberAsync(ClientTables.ResealCounts, key, ct) ?? 0;
        if (count >= most)
            return false;
        await transaction.PutNumberAsync(ClientTables.ResealCounts, key, count + 1, ct);
        return true;
    }

    /// <summary>As <see cref="TryCountAsync"/>, from zero each day (UTC).</summary>
    public static async ValueTask<bool> TryCountTodayAsync(IChatTransaction transaction, string key, int most, DateTimeOffset now, CancellationToken ct)
    {
        const long perDay = 1_000_000;
        var day = now.UtcTicks / TimeSpan.TicksPerDay;
        var known = await transaction.GetNumberAsync(ClientTables.ResealCounts, key, ct) ?? 0;
        var count = known / perDay == day ? known % perDay : 0;
        if (count >= most)
            return false;
        await transaction.PutNumberAsync(ClientTables.ResealCounts, key, (day * perDay) + count + 1, ct);
        return true;
    }
}
