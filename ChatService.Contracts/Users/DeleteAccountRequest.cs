namespace ChatService.Contracts;

/// <summary>Ends the caller's own account for good.</summary>
/// <param name="Password">Asked for once more: a token alone must not be enough.</param>
public sealed record DeleteAccountRequest(string Password);
