using System.CommandLine;
using ChatService.Cli.Profiles;
using ChatService.Client.Encryption.SafetyNumbers;

namespace ChatService.Cli.Commands;

/// <summary>The digits that two people compare to know that nobody is between them (protocol section 6).</summary>
internal static class SafetyNumberCommand
{
    public static Command Create()
    {
        var target = Handles.Target();
        var verified = new Option<string>("--verified") { Description = "The number that you have compared, in quotes: ask before sending to a new device of this contact." };
        var command = new Command("safety-number", "Show the safety number that you and a contact compare.") { target, verified };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ConnectAsync(result.OpenProfile(), ct);
            var conversation = await session.OpenAsync(result.GetRequiredValue(target), ct);
            var number = await session.Client.People.SafetyNumberAsync(conversation, ct);
            foreach (var line in SafetyNumber.Format(number).Chunk(24))
                await Console.Out.WriteLineAsync(new string(line).TrimEnd());
            if (result.GetValue(verified) is { } compared)
                await session.Client.People.MarkVerifiedAsync(conversation.Other!.UserId, compared, ct);
            if (!Console.IsOutputRedirected)
            {
                await Console.Out.WriteLineAsync(await session.Client.People.IsVerifiedAsync(conversation.Other!.UserId, ct)
                    ? $"\n@{conversation.Other.Handle} is verified."
                    : $"\nCompare it with what @{conversation.Other.Handle} sees, over the phone or in person. When it is the same: --verified \"the digits\".");
            }

            return ExitCode.Done;
        });
        return command;
    }
}
