using System.CommandLine;
using ChatService.Cli.Profiles;

namespace ChatService.Cli.Commands;

/// <summary>Handle, name, device and server of this profile.</summary>
internal static class WhoAmICommand
{
    public static Command Create()
    {
        var command = new Command("whoami", "Show who is signed in.");
        command.SetAction(async (result, ct) =>
        {
            var profile = result.OpenProfile();
            await using var session = await Session.ResumeAsync(profile, ct);
            await Console.Out.WriteLineAsync($"@{session.Client.Me.Handle} ({session.Client.Me.DisplayName})");
            await Console.Out.WriteLineAsync($"device {session.Client.DeviceId} at {profile.Server.GetLeftPart(UriPartial.Authority)}");
            return ExitCode.Done;
        });
        return command;
    }
}
