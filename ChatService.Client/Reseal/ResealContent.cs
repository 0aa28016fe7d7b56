using ChatService.Client.Messages;

namespace ChatService.Client.Reseal;

/// <summary>The answer to a <see cref="ResealRequestContent"/>: wraps that only the asking device can open. Nobody is shown it.</summary>
/// <param name="Device">The device that asked.</param>
internal sealed record ResealContent(Guid Device, IReadOnlyList<ResealedWrap> Wraps) : MessageContent
{
    public override string Type => "reseal";
}
