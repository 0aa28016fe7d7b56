namespace ChatService.Benchmarks.Load.Measuring;

/// <summary>Whether what happens now counts.</summary>
internal sealed class Window
{
    private volatile bool _isOpen;

    public bool IsOpen
    {
        get => _isOpen;
        set => _isOpen = value;
    }
}
