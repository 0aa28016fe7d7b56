using System.CommandLine;
using System.Globalization;
using ChatService.Cli.Output;
using ChatService.Cli.Profiles;
using ChatService.Client;
using ChatService.Contracts;

namespace ChatService.Cli.Commands;

/// <summary>This user's devices: lists them, renames one, removes one.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var command = new Command("devices", "List your devices.") { CreateRename(), CreateRemove() };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ResumeAsync(result.OpenProfile(), ct);
            var rows = (await session.Client.People.OwnDevicesAsync(ct)).Select(device => new[]
            {
                device.Id.ToString(),
                device.Name,
                device.LastSeenAt.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                device.Id == session.Client.DeviceId ? "this one" : "",
            });
            TableOutput.Write(["Device", "Name", "Last seen", ""], rows);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateRename()
    {
        var device = Device();
        var name = new Argument<string>("name") { Description = "1 to 64 characters; only you see it." };
        var command = new Command("rename", "Give a device another name.") { device, name };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ResumeAsync(result.OpenProfile(), ct);
            var found = await FindAsync(session.Client, result.GetRequiredValue(device), ct);
            await session.Client.People.RenameDeviceAsync(found.Id, result.GetRequiredValue(name), ct);
            await Console.Out.WriteLineAsync("Renamed.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command CreateRemove()
    {
        var device = Device();
        var command = new Command("remove", "Remove a device: it is signed out everywhere at once, and nothing is sealed to it any more.") { device };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ResumeAsync(result.OpenProfile(), ct);
            var found = await FindAsync(session.Client, result.GetRequiredValue(device), ct);
            await session.Client.RemoveDeviceAsync(found.Id, ct);
            await Console.Out.WriteLineAsync(found.Id == session.Client.DeviceId
                ? "Removed: this profile is signed out, and its device does not come back. Sign in again with another profile."
                : "Removed.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Device() => new("device") { Description = "Its name, its id, or how its id begins, as 'chat devices' shows them." };

    /// <summary>The one device that is meant, never one of several.</summary>
    private static async Task<DeviceInfo> FindAsync(ChatClient client, string wanted, CancellationToken ct)
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
