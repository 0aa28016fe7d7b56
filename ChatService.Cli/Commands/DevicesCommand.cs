using System.CommandLine;
using System.Globalization;
using ChatService.Cli.Output;
using ChatService.Cli.Profiles;

namespace ChatService.Cli.Commands;

/// <summary>This user's devices; removes one.</summary>
internal static class DevicesCommand
{
    public static Command Create()
    {
        var command = new Command("devices", "List your devices.") { CreateRemove() };
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

    private static Command CreateRemove()
    {
        var id = new Argument<Guid>("device") { Description = "The device's id." };
        var command = new Command("remove", "Remove a device: nothing is sealed to it any more.") { id };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ResumeAsync(result.OpenProfile(), ct);
            await session.Client.People.RemoveDeviceAsync(result.GetRequiredValue(id), ct);
            await Console.Out.WriteLineAsync("Removed.");
            return ExitCode.Done;
        });
        return command;
    }
}
