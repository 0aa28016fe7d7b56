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

    public static IEnumerable<string> Ratios(IReadOnlyDictionary<string, LoadResult> results)
    {
        if (!results.TryGetValue("ours", out var ours))
        {
            yield break;
        }

        if (results.TryGetValue("naive", out var naive))
        {
            yield return Ratio("sends per server-CPU-second, ours / naive", ours.SendsPerCpuSecond / naive.SendsPerCpuSecond, "at least 5");
            yield return Ratio("ack p99, ours / naive", ours.AckP99 / naive.AckP99, "at most 0.33");
        }

        if (results.TryGetValue("bare", out var bare))
        {
            yield return Ratio("sends per server-CPU-second, ours / bare", ours.SendsPerCpuSecond / bare.SendsPerCpuSecond, "at least 0.60");
        }
    }

    private static string Ratio(string what, double ratio, string goal) =>
        string.Create(CultureInfo.InvariantCulture, $"{what,-45}{ratio,6:F2}   (goal: {goal})");
}
