using System.Diagnostics;
using ChatService.Contracts;
using ChatService.Hub.Messages;

namespace ChatService.Tests.Telemetry;

public sealed class MessageTraceTests
{
    [Fact]
    public void A_commit_is_in_the_first_callers_trace_and_linked_to_the_others_and_each_publication_is_in_its_own()
    {
        using var calls = new ActivitySource($"calls of {nameof(MessageTraceTests)}");
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == calls.Name || source.Name == MessageMetrics.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        var (first, firstTrace) = Called(calls);
        var (second, secondTrace) = Called(calls);
        var unwatched = Message();

        using var commit = MessageTraces.StartCommit([unwatched, first, second])!;
        using var publish = MessageTraces.StartPublish(second)!;

        Assert.Equal((firstTrace.TraceId, firstTrace.SpanId), (commit.TraceId, commit.ParentSpanId));
        Assert.Equal([secondTrace], commit.Links.Select(link => link.Context));
        Assert.Equal(3, commit.GetTagItem("chat.message.commit.size"));
        Assert.Equal((secondTrace.TraceId, secondTrace.SpanId), (publish.TraceId, publish.ParentSpanId));
    }

    private static (PendingMessage Message, ActivityContext Trace) Called(ActivitySource calls)
    {
        Activity.Current = null;
        using var call = calls.StartActivity("call")!;
        return (Message(), call.Context);
    }

    private static PendingMessage Message() => new(
        Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), 1, [], [], [], new EnvelopeText("", "", ""), MessageType.Text, "");
}
