namespace ChatService.Worker.Upkeep;

/// <summary>Something that is done now and then. A run may be cut off anywhere: the next one does what is left.</summary>
/// <param name="Name">Its name in the schedule, on <c>/health</c> and in the figures.</param>
/// <param name="RunAsync">Does it once, with the services of a scope of its own, and says how many things it found to do.</param>
internal sealed record UpkeepJob(
    string Name, TimeSpan Every, Func<IServiceProvider, DateTime, CancellationToken, Task<int>> RunAsync)
{
    /// <summary>
    /// A job that deletes: one batch after the other, each a transaction of its own that takes no row which someone else
    /// holds, until there is nothing left.
    /// </summary>
    public static UpkeepJob Deleting<TContext>(
        string name, TimeSpan every, int batchSize, Func<TContext, DateTime, int, CancellationToken, Task<int>> deleteBatch)
        where TContext : notnull =>
        new(name, every, async (services, now, cancellationToken) =>
        {
            var db = services.GetRequiredService<TContext>();
            var deleted = 0;
            for (int batch; (batch = await deleteBatch(db, now, batchSize, cancellationToken)) > 0;)
            {
                deleted += batch;
                cancellationToken.ThrowIfCancellationRequested();
            }

            return deleted;
        });

    /// <summary>A job of one of this process's own services.</summary>
    public static UpkeepJob Of<TService>(string name, TimeSpan every, Func<TService, DateTime, CancellationToken, Task<int>> run)
        where TService : notnull =>
        new(name, every, (services, now, cancellationToken) => run(services.GetRequiredService<TService>(), now, cancellationToken));
}
