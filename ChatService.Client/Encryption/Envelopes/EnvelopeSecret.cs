namespace ChatService.Client.Encryption.Envelopes;

/// <summary>What it takes to wrap an envelope once more (protocol §5): its seed, and the bind that ties a wrap to it. 32 bytes each.</summary>
internal sealed record EnvelopeSecret(byte[] Seed, byte[] Bind)
{
    /// <summary>Records print their members; a seed is not for logs.</summary>
    public override string ToString() => nameof(EnvelopeSecret);
}
