namespace ChatService.Benchmarks.Load.Population;

/// <summary>A conversation and who writes in it, sorted by device as delivery lists are.</summary>
internal sealed record LoadRoom(Guid Id, IReadOnlyList<Member> Members)
{
    public static LoadRoom[] CreateMany(int clients, int size) =>
        [.. Enumerable.Range(0, clients / size).Select(_ => new LoadRoom(
            Guid.CreateVersion7(),
            [.. Enumerable.Range(0, size).Select(_ => new Member(Guid.CreateVersion7(), Guid.CreateVersion7())).OrderBy(member => member.DeviceId)]))];
}
