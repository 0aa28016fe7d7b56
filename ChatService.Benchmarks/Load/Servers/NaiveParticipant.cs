namespace ChatService.Benchmarks.Load.Servers;

/// <summary>Nobody signs in here: the device stands for its user.</summary>
internal sealed class NaiveParticipant
{
    public required Guid ConversationId { get; init; }

    public required Guid DeviceId { get; init; }
}
