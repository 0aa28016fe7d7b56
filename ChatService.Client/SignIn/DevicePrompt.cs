namespace ChatService.Client.SignIn;

/// <summary>What to show: the person opens the address on any device and compares or types the code.</summary>
/// <param name="UserCode">Two short groups of letters, for example BCDF-GHJK.</param>
/// <param name="VerificationUriComplete">With the code in it, for a QR code; null when the authority gives none.</param>
public sealed record DevicePrompt(string UserCode, Uri VerificationUri, Uri? VerificationUriComplete, DateTimeOffset ExpiresAt);
