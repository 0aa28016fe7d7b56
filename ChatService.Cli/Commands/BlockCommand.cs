using System.CommandLine;
using System.Globalization;
using ChatService.Cli.Blocks;
using ChatService.Cli.Output;
using ChatService.Cli.Profiles;

namespace ChatService.Cli.Commands;

/// <summary>Whom this user wants nothing from.</summary>
internal static class BlockCommand
{
    public static Command CreateBlock()
    {
        var handle = Person();
        var command = new Command("block", "Want nothing from someone any more. They are not told.") { handle };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ResumeAsync(result.OpenProfile(), ct);
            var user = await session.Client.People.FindAsync(Handles.Normalize(result.GetRequiredValue(handle)), ct);
            await session.Client.People.BlockAsync(user.Id, ct);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command CreateUnblock()
    {
        var handle = Person();
        var command = new Command("unblock", "Take it back.") { handle };
        command.SetAction(async (result, ct) =>
        {
            var wanted = Handles.Normalize(result.GetRequiredValue(handle));
            await using var session = await Session.ResumeAsync(result.OpenProfile(), ct);
            await BlockedPeople.UnblockAsync(session.Client, wanted, ct);
            return ExitCode.Done;
        });
        return command;
    }

    public static Command CreateBlocked()
    {
        var command = new Command("blocked", "List whom you have blocked.");
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ResumeAsync(result.OpenProfile(), ct);
            TableOutput.Write(["Handle", "Name", "Since"], (await session.Client.People.BlockedAsync(ct)).Select(user => new[]
            {
                "@" + user.Handle,
                user.DisplayName,
                user.BlockedAt.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            }));
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> Person() => new("handle") { Description = "@handle of whom." };
}
