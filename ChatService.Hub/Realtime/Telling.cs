namespace ChatService.Hub.Realtime;

/// <summary>
/// Tells connections one thing each, all at once: one that does not read is cut and catches up when it is back, instead of
/// holding up the others.
/// </summary>
internal static class Telling
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    public static Task AllAsync(IEnumerable<ConnectedDevice> devices, Func<ConnectedDevice, Task> tell) =>
        Task.WhenAll(devices.Select(device => OneAsync(device, tell)));

    private static async Task OneAsync(ConnectedDevice device, Func<ConnectedDevice, Task> tell)
    {
        try
        {
            await tell(device).WaitAsync(s_patience);
        }
        catch (Exception)
        {
            // Whatever went wrong, the connection is of no use any more, and its client knows how to come back.
            device.Abort();
        }
    }
}
