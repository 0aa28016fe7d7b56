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
                // Most are back in a moment, as under an orchestrator; one in five is not.
                TimeSpan.FromSeconds(random.Next(5) == 0 ? 10 + (20 * random.NextDouble()) : 6 * random.NextDouble()));
        }
    }
}
