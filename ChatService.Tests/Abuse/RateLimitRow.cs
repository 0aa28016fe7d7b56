using ChatService.Contracts;

namespace ChatService.Tests.Abuse;

/// <summary>A call that a limit counts.</summary>
/// <param name="What">The hub's method, or what REST calls it.</param>
/// <param name="Call">Its refusal; null when it went through.</param>
/// <param name="Weight">Tokens that the call takes.</param>
internal sealed record RateLimitRow(RateLimit Limit, string What, Func<Caller, Task<ChatError?>> Call, int Weight = 1);
