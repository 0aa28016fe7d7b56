namespace ChatService.Tests.Abuse;

/// <summary>An id that must be nothing to this caller, as any other.</summary>
internal readonly record struct OutsiderCall(Caller Caller, Guid Id);
