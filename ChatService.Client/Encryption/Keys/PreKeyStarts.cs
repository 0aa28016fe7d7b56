namespace ChatService.Client.Encryption.Keys;

/// <summary>The first ids that a new device gives to its prekeys.</summary>
internal readonly record struct PreKeyStarts(uint SignedPreKey, uint KemPreKey, uint OneTimePreKey)
{
    public static PreKeyStarts Random(IRandomSource random) =>
        new(PreKeyId.RandomStart(random), PreKeyId.RandomStart(random), PreKeyId.RandomStart(random));
}
