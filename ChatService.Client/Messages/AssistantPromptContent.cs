namespace ChatService.Client.Messages;

/// <summary>Text addressed to the assistant: the only content that is sealed to its device too, and so goes to its model's provider in readable form.</summary>
/// <param name="Attached">What else of the conversation the assistant may know; nothing goes along by itself.</param>
public sealed record AssistantPromptContent(string Text, IReadOnlyList<AttachedText>? Attached = null) : MessageContent
{
    public override string Type => "assistant-prompt";
}
