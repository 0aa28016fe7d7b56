using System.CommandLine;
using ChatService.Cli.Devices;
using ChatService.Cli.Output;
using ChatService.Cli.Profiles;

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
            TableOutput.Write(OwnDeviceList.Headers, await OwnDeviceList.RowsAsync(session.Client, ct));
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
            var found = await OwnDeviceList.FindAsync(session.Client, result.GetRequiredValue(device), ct);
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
            var found = await OwnDeviceList.FindAsync(session.Client, result.GetRequiredValue(device), ct);
            await session.Client.RemoveDeviceAsync(found.Id, ct);
            await Console.Out.WriteLineAsync(found.Id == session.Client.DeviceId
                ? "Removed: this profile is signed out, and its device does not come back. Sign in again with another profile."
                : "Removed.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Device() => new("device") { Description = "Its name, its id, or how its id begins, as 'chat devices' shows them." };
}
