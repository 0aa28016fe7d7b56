namespace ChatService.Benchmarks.Load.Measuring;

/// <summary>Seconds of CPU time, by server.</summary>
internal readonly record struct CpuUse(double Hub, double Postgres, double Redis)
{
    public double Total => Hub + Postgres + Redis;

    public static CpuUse operator -(CpuUse later, CpuUse earlier) =>
        new(later.Hub - earlier.Hub, later.Postgres - earlier.Postgres, later.Redis - earlier.Redis);
}
