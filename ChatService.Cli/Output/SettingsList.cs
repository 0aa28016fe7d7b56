using ChatService.Contracts;

namespace ChatService.Cli.Output;

/// <summary>What others see of this user, as rows.</summary>
internal static class SettingsList
{
    public static string[][] Rows(PrivacySettings settings) =>
        [["receipts", Text(settings.Receipts)], ["typing", Text(settings.Typing)], ["presence", Text(settings.Presence)]];

    private static string Text(bool isOn) => isOn ? "on" : "off";
}
