using ChatService.Client.Conversations;

namespace ChatService.Benchmarks.Soak.People;

internal sealed record SoakRoom(Conversation Conversation, IReadOnlyList<SoakClient> Members)
{
    public Guid Id => Conversation.Id;
}
