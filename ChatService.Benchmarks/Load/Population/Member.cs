namespace ChatService.Benchmarks.Load.Population;

/// <summary>A user with one device.</summary>
internal sealed record Member(Guid UserId, Guid DeviceId)
{
    public string Subject => UserId.ToString("N");
}
