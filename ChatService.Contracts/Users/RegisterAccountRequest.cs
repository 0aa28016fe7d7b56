namespace ChatService.Contracts;

/// <summary>A new account with the built-in authority.</summary>
/// <param name="Password">10 to 128 characters.</param>
public sealed record RegisterAccountRequest(string Handle, string Password, string? DisplayName = null);
