using ChatService.Core.Storage;

namespace ChatService.Worker.Upkeep;

/// <summary>Something that is deleted now and then, a small batch at a time.</summary>
/// <param name="DeleteBatch">Deletes at most <see cref="UpkeepJobs.BatchSize"/> rows and says how many there were.</param>
internal sealed record UpkeepJob(
    string Name, TimeSpan Every, Func<ChatDbContext, DateTime, CancellationToken, Task<int>> DeleteBatch);
