namespace ChatService.Contracts;

/// <summary>Tops up the pool; the device's total stays within <see cref="Limits.OneTimePreKeysPerDevice"/>.</summary>
public sealed record AddOneTimePreKeysRequest(IReadOnlyList<OneTimePreKeyUpload> OneTimePreKeys);
