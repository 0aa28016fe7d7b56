namespace ChatService.Client.Messages;

/// <summary>Text addressed to the assistant: the only content that is sealed to its device too, and so goes to its model's provider in readable form.</summary>
public sealed record AssistantPromptContent(string Text) : MessageContent
{
    public override string Type => "assistant-prompt";
}
