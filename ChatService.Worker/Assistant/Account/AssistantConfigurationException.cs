namespace ChatService.Worker.Assistant;

/// <summary>There is no assistant until an operator has done something about it.</summary>
internal sealed class AssistantConfigurationException(string message) : Exception(message);
