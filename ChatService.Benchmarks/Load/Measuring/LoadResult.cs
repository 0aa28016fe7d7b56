namespace ChatService.Benchmarks.Load.Measuring;

/// <summary>What one window, or the middle of several, has shown. Latencies are in milliseconds.</summary>
internal sealed record LoadResult(
    double SendsPerSecond, double DeliveriesPerSecond, double AckP50, double AckP99, double DeliveryP50, double DeliveryP99, double CpuSeconds,
    double HubShare, double PostgresShare, double RedisShare, double SendsPerCpuSecond, double DeliveriesPerCpuSecond)
{
    public static LoadResult From(List<double> acks, List<double> deliveries, double seconds, CpuUse cpu)
    {
        acks.Sort();
        deliveries.Sort();
        return new(
            acks.Count / seconds, deliveries.Count / seconds,
            Percentile(acks, 0.5), Percentile(acks, 0.99), Percentile(deliveries, 0.5), Percentile(deliveries, 0.99),
            cpu.Total, cpu.Hub / cpu.Total, cpu.Postgres / cpu.Total, cpu.Redis / cpu.Total,
            acks.Count / cpu.Total, deliveries.Count / cpu.Total);
    }

    public static LoadResult Median(IReadOnlyList<LoadResult> rounds)
    {
        return new(
            Of(r => r.SendsPerSecond), Of(r => r.DeliveriesPerSecond), Of(r => r.AckP50), Of(r => r.AckP99), Of(r => r.DeliveryP50),
            Of(r => r.DeliveryP99), Of(r => r.CpuSeconds), Of(r => r.HubShare), Of(r => r.PostgresShare), Of(r => r.RedisShare),
            Of(r => r.SendsPerCpuSecond), Of(r => r.DeliveriesPerCpuSecond));

        double Of(Func<LoadResult, double> figure) => Middle(rounds.Select(figure));
    }

    public static double Middle(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private static double Percentile(List<double> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)];
}
