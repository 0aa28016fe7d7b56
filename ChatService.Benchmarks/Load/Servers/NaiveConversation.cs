namespace ChatService.Benchmarks.Load.Servers;

internal sealed class NaiveConversation
{
    public required Guid Id { get; init; }

    public required DateTime LastActivityAt { get; set; }

    public List<NaiveParticipant> Participants { get; } = [];
}
