using System.Globalization;
using ChatService.Cli.Output;
using ChatService.Client;
using ChatService.Contracts;

namespace ChatService.Cli.Devices;

/// <summary>This user's devices, as rows, and by what people call them.</summary>
internal static class OwnDeviceList
{
    public static string[] Headers { get; } = ["Device", "Name", "Last seen", ""];

    public static async Task<IEnumerable<string[]>> RowsAsync(ChatClient client, CancellationToken ct) =>
        (await client.People.OwnDevicesAsync(ct)).Select(device => new[]
        {
            device.Id.ToString(),
            device.Name,
            device.LastSeenAt.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            device.Id == client.DeviceId ? "this one" : "",
        });

    /// <summary>The one device that is meant, by its name, its id or how its id begins; never one of several.</summary>
    public static async Task<DeviceInfo> FindAsync(ChatClient client, string wanted, CancellationToken ct)
    {
        var devices = await client.People.OwnDevicesAsync(ct);
        DeviceInfo[] found = [.. devices.Where(device => device.Name == wanted)];
        if (found.Length == 0)
            found = [.. devices.Where(device => wanted.Length > 0 && device.Id.ToString().StartsWith(wanted, StringComparison.OrdinalIgnoreCase))];
        return found switch
        {
            [var device] => device,
            [] => throw new CliException($"You have no device '{TerminalText.OneLine(wanted)}': 'chat devices' lists them."),
            _ => throw new CliException($"'{TerminalText.OneLine(wanted)}' could be {found.Length} of your devices: give the whole id."),
        };
    }
}
