using System.CommandLine;
using ChatService.Cli.Output;
using ChatService.Cli.Profiles;
using ChatService.Contracts;

namespace ChatService.Cli.Commands;

/// <summary>What this user shows others, and so sees of them.</summary>
internal static class SettingsCommand
{
    public static Command Create()
    {
        var receipts = Switch("--receipts", "Show how far messages are delivered and read, and see it of others.");
        var typing = Switch("--typing", "Show that you are typing, and see it of others.");
        var presence = Switch("--presence", "Show when you are there, and see it of others.");
        var command = new Command("settings", "Show or change what others see of you. Each works both ways, on all of your devices.") { receipts, typing, presence };
        command.SetAction(async (result, ct) =>
        {
            await using var session = await Session.ResumeAsync(result.OpenProfile(), ct);
            var before = await session.Client.PrivacyAsync(ct);
            var now = new PrivacySettings(
                IsOn(result.GetValue(receipts)) ?? before.Receipts, IsOn(result.GetValue(typing)) ?? before.Typing, IsOn(result.GetValue(presence)) ?? before.Presence);
            if (now != before)
                await session.Client.SetPrivacyAsync(now, ct);
            TableOutput.Write(["Setting", ""], SettingsList.Rows(now));
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string?> Switch(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "on|off" };
        option.AcceptOnlyFromAmong("on", "off");
        return option;
    }

    private static bool? IsOn(string? text) => text is null ? null : text == "on";
}
