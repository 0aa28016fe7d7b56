using System.CommandLine;
using ChatService.Cli.Profiles;

namespace ChatService.Cli.Commands;

/// <summary>Ends this user's account.</summary>
internal static class AccountCommand
{
    public static Command Create()
    {
        var stdin = Passwords.FromStdin();
        var delete = new Command("delete", "Delete your account for good: it leaves its groups, its devices and bots are gone, and its handle stays taken.") { stdin };
        delete.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ResumeAsync(result.OpenProfile(), ct);
            await session.Client.DeleteAccountAsync(await Passwords.ReadAsync(result.GetValue(stdin), twice: false, ct), ct);
            await Console.Out.WriteLineAsync($"@{session.Client.Me.Handle} is deleted. What this profile holds stays on this machine until you delete its folder.");
            return ExitCode.Done;
        });
        return new Command("account", "Your account.") { delete };
    }
}
