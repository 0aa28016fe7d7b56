namespace ChatService.Contracts;

/// <summary>Whether calls go through (open) or are refused (closed) when the limit itself cannot be counted.</summary>
public enum WhenUncounted
{
    FailOpen = 0,
    FailClosed = 1,
}
