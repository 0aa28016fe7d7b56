using ChatService.Contracts;

namespace ChatService.Client.Reseal;

/// <summary>A message that this device could not open: kept as it came, until its sender has wrapped it again.</summary>
/// <param name="Tries">How often it was asked for.</param>
/// <param name="NextAt">When to ask (again), UTC.</param>
internal sealed record ResealAsk(SealedMessage Message, int Tries, DateTime NextAt);
