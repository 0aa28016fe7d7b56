using System.CommandLine;
using ChatService.Cli.Profiles;

namespace ChatService.Cli.Commands;

/// <summary>Forgets the sign-in. Messages and keys stay, for the next sign-in with the same account.</summary>
internal static class LogoutCommand
{
    public static Command Create()
    {
        var command = new Command("logout", "Sign out. Messages and keys stay in the profile.");
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ResumeAsync(result.OpenProfile(), ct);
            await session.Client.SignOutAsync(ct);
            await Console.Out.WriteLineAsync($"@{session.Client.Me.Handle} is signed out.");
            return ExitCode.Done;
        });
        return command;
    }
}
