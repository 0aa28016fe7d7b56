namespace ChatService.Benchmarks.Load;

/// <summary>As much of a message as a receiver here reads.</summary>
internal sealed record Delivered(Guid Id);
