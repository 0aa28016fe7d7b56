namespace ChatService.Benchmarks.Soak.Checking;

/// <summary>A message in the database.</summary>
/// <param name="DeviceId">Null for the server's own.</param>
internal sealed record StoredRow(Guid ConversationId, long Sequence, Guid Id, Guid SenderId, Guid? DeviceId);
