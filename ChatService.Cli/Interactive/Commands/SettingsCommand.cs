using ChatService.Cli.Output;
using ChatService.Contracts;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class SettingsCommand() : SlashCommand("settings", "[receipts|typing|presence on|off]", "show or change what others see of you, and you of them")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var settings = await chat.Client.PrivacyAsync(ct);
        if (arguments.Length > 0)
        {
            var words = Words(arguments, 2);
            settings = Changed(settings, words[0], words[1] switch { "on" => true, "off" => false, _ => throw Misused() });
            await chat.Client.SetPrivacyAsync(settings, ct);
        }

        chat.Say(string.Join('\n', TextColumns.Lines(SettingsList.Rows(settings))));
    }

    private PrivacySettings Changed(PrivacySettings settings, string name, bool isOn) => name switch
    {
        "receipts" => settings with { Receipts = isOn },
        "typing" => settings with { Typing = isOn },
        "presence" => settings with { Presence = isOn },
        _ => throw Misused(),
    };
}
