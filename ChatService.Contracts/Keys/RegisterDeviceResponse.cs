namespace ChatService.Contracts;

/// <param name="Positions">The user's conversations as they stood in the moment of registration: nothing before is sealed to this device.</param>
public sealed record RegisterDeviceResponse(Guid DeviceId, IReadOnlyList<ConversationPosition> Positions);
