namespace ChatService.Contracts;

/// <summary>An envelope that is sealed to the assistant's device too, as StreamAIResponse takes it. Base64, as in SendMessage.</summary>
public sealed record SealedPrompt(string EncryptedContent, string Nonce, string? AuthTag);
