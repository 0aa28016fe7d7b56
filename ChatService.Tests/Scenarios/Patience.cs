namespace ChatService.Tests.Scenarios;

/// <summary>How long a fact may take to become true before a test gives up on it.</summary>
internal static class Patience
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Asks until the answer is yes.</summary>
    public static Task UntilAsync(Func<Task<bool>> isTrue, string fact) => UntilAsync(isTrue, () => fact);

    public static Task UntilAsync(Func<bool> isTrue, string fact) => UntilAsync(() => Task.FromResult(isTrue()), fact);

    /// <param name="fact">Asked for when it did not become true.</param>
    public static async Task UntilAsync(Func<Task<bool>> isTrue, Func<string> fact)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        while (!await isTrue())
        {
            Assert.False(limit.IsCancellationRequested, $"It did not happen: {fact()}.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
