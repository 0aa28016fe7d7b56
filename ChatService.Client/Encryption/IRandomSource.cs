namespace ChatService.Client.Encryption;

/// <summary>Where keys, seeds and nonces come from. Anything but <see cref="SystemRandomSource"/> is for reproducing published vectors.</summary>
public interface IRandomSource
{
    void Fill(Span<byte> destination);
}
