namespace ChatService.Contracts;

/// <summary>What a native client exchanges for a short-lived cookie, with which it then asks for a code (PKCE).</summary>
public sealed record SignInRequest(string Handle, string Password);
