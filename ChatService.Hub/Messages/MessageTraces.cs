using System.Diagnostics;

namespace ChatService.Hub.Messages;

/// <summary>
/// The spans of a message between the hub call that brings it and Redis. A commit carries the messages of many calls: it is
/// part of the first one's trace and linked to the others. Without a listener nothing is made.
/// </summary>
internal static class MessageTraces
{
    private static readonly ActivitySource Source = new(MessageMetrics.Name);

    public static Activity? StartCommit(IReadOnlyList<PendingMessage> messages)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var traces = messages.Select(message => message.Trace).Where(trace => trace != default).Distinct().ToList();
        var commit = Source.StartActivity(
            "commit messages", ActivityKind.Internal, traces.FirstOrDefault(), links: traces.Skip(1).Select(trace => new ActivityLink(trace)));
        return commit?.SetTag("chat.message.commit.size", messages.Count);
    }

    public static Activity? StartPublish(PendingMessage message) =>
        Source.HasListeners() ? Source.StartActivity("publish message", ActivityKind.Producer, message.Trace) : null;
}
