namespace ChatService.Client.Reseal;

/// <summary>One more wrap (protocol section 5) of an earlier message.</summary>
/// <param name="Target">The message's id.</param>
/// <param name="Wrap">Base64 of 106 or 1,304 bytes.</param>
internal sealed record ResealedWrap(Guid Target, string Wrap);
