namespace ChatService.Core.Keys;

/// <summary>Whose requests an <see cref="OneTimePreKeyAllowance"/> counts.</summary>
public enum AllowanceScope
{
    Device = 0,
    User = 1,
    Everyone = 2,
}
