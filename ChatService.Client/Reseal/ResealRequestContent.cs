using ChatService.Client.Messages;

namespace ChatService.Client.Reseal;

/// <summary>"I could not open these: wrap them for me once more." (protocol section 10). Sealed over a new session; nobody is shown it.</summary>
/// <param name="Device">The device that sealed them, which is meant to answer.</param>
internal sealed record ResealRequestContent(Guid Device, IReadOnlyList<Guid> Messages) : MessageContent
{
    public override string Type => "reseal-request";
}
