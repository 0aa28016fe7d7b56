using System.Globalization;

namespace ChatService.Benchmarks.Load.Measuring;

/// <summary>The figures side by side, and the ratios that are the goals.</summary>
internal static class Report
{
    public static string Header { get; } =
        $"{"target",-10}{"sends/s",9}{"deliv/s",9}{"ack p50",9}{"p99 ms",8}{"deliv p50",11}{"p99 ms",8}{"CPU s",7}{"hub/pg/redis %",16}{"sends/CPU s",13}{"deliv/CPU s",13}";

    public static string Row(string target, LoadResult result) => string.Create(
        CultureInfo.InvariantCulture,
        $"{target,-10}{result.SendsPerSecond,9:N0}{result.DeliveriesPerSecond,9:N0}{result.AckP50,9:F1}{result.AckP99,8:F1}{result.DeliveryP50,11:F1}{result.DeliveryP99,8:F1}{result.CpuSeconds,7:F1}{$"{result.HubShare * 100:F0}/{result.PostgresShare * 100:F0}/{result.RedisShare * 100:F0}",16}{result.SendsPerCpuSecond,13:N0}{result.DeliveriesPerCpuSecond,13:N0}");

    /// <summary>The middle of the rounds' ratios: the windows of a round are neighbours, and the machine's speed changes from minute to minute.</summary>
    public static IEnumerable<string> Ratios(IReadOnlyDictionary<string, List<LoadResult>> rounds)
    {
        if (!rounds.TryGetValue("ours", out var ours))
        {
            yield break;
        }

        foreach (var (other, goal) in new[] { ("naive", "at least 5"), ("bare", "at least 0.60"), ("before", "above 1") })
        {
            if (rounds.TryGetValue(other, out var theirs))
            {
                yield return Ratio($"sends per server-CPU-second, ours / {other}", ours, theirs, result => result.SendsPerCpuSecond, goal);
            }
        }

        if (rounds.TryGetValue("naive", out var naive))
        {
            yield return Ratio("ack p99, ours / naive", ours, naive, result => result.AckP99, "at most 0.33");
        }
    }

    private static string Ratio(string what, IReadOnlyList<LoadResult> ours, IReadOnlyList<LoadResult> theirs, Func<LoadResult, double> figure, string goal) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-45}{LoadResult.Middle(ours.Zip(theirs, (our, their) => figure(our) / figure(their))),6:F2}   (goal: {goal})");
}
