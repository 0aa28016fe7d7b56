namespace ChatService.Contracts;

/// <summary>
/// The devices that a message of this conversation must be sealed to, less the sending one (protocol section 2). It is
/// valid for one <paramref name="MembershipVersion"/>; the server refuses a message sealed to any other list.
/// </summary>
public sealed record DeliveryList(Guid ConversationId, long MembershipVersion, IReadOnlyList<DeliveryDevice> Devices);
