namespace ChatService.Contracts;

/// <summary>Sets how long messages of a conversation last; for either user of a direct conversation, and for the Owner and Admins of a group.</summary>
/// <param name="Seconds">1 to <see cref="Limits.MessageTimerSeconds"/>; null: messages stay. It counts for what is sent from then on.</param>
public sealed record ChangeTimerRequest(int? Seconds = null);
