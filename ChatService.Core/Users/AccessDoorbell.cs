namespace ChatService.Core.Users;

/// <summary>Rung after a change of <see cref="AccessRevocation"/>s, so that nobody has to wait for the next look.</summary>
public static class AccessDoorbell
{
    /// <summary>The Redis channel. What is said on it does not matter.</summary>
    public const string Channel = "chat.control.access";
}
