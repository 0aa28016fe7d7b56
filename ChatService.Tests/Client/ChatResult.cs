namespace ChatService.Tests.Client;

/// <summary>How a <c>chat</c> ended.</summary>
internal sealed record ChatResult(int ExitCode, string Output, string Errors);
