namespace ChatService.Core.Users;

/// <summary>Handles that nobody gets by asking for them.</summary>
public static class ReservedHandles
{
    /// <summary>The assistant's.</summary>
    public const string Assistant = "gpt";

    public static bool Contains(string handle) => handle is Assistant;
}
