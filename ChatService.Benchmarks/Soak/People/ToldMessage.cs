using System.Diagnostics;
using ChatService.Client.Messages;

namespace ChatService.Benchmarks.Soak.People;

/// <summary>What a client gave to its application, at the moment at which it did.</summary>
/// <param name="At">A timestamp of <see cref="Stopwatch"/>.</param>
internal sealed record ToldMessage(Guid ConversationId, long Sequence, Guid Id, bool IsLate, bool IsOpen, bool IsSystem, long At)
{
    public static ToldMessage Of(ChatMessage message) => new(
        message.ConversationId, message.Sequence!.Value, message.Id, message.IsLate, message.Content is TextContent, message.Content is SystemContent, Stopwatch.GetTimestamp());
}
