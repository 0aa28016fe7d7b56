namespace ChatService.Hub.Messages;

public readonly record struct DeliveryListDevice(Guid Id, Guid UserId, bool IsAssistant);
