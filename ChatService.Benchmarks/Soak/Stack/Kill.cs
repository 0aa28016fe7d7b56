namespace ChatService.Benchmarks.Soak.Stack;

/// <param name="After">Since the kill before.</param>
/// <param name="DownFor">Until it is started again.</param>
internal sealed record Kill(TimeSpan After, string Part, TimeSpan DownFor)
{
    /// <summary>Without end, and the same for the same seed.</summary>
    public static IEnumerable<Kill> Order(int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            yield return new(
                TimeSpan.FromSeconds(5 + (15 * random.NextDouble())),
                SoakStack.Parts[random.Next(SoakStack.Parts.Count)],
                TimeSpan.FromSeconds(6 * random.NextDouble()));
        }
    }
}
