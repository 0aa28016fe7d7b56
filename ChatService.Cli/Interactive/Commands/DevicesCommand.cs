using ChatService.Cli.Devices;
using ChatService.Cli.Output;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class DevicesCommand() : SlashCommand("devices", "[remove x] [rename x name]", "show your devices; x is how an id begins, or to remove one, its name")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var words = arguments.Split((char[]?)null, 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        switch (words)
        {
            case []:
                chat.Say(string.Join('\n', TextColumns.Lines(await OwnDeviceList.RowsAsync(chat.Client, ct))));
                break;
            case ["remove", var wanted]:
                var removed = await OwnDeviceList.FindAsync(chat.Client, wanted, ct);
                await chat.Client.RemoveDeviceAsync(removed.Id, ct);
                if (removed.Id == chat.Client.DeviceId)
                    chat.End();
                break;
            case ["rename", var rest] when rest.Split(' ', 2) is [var id, var name]:
                await chat.Client.People.RenameDeviceAsync((await OwnDeviceList.FindAsync(chat.Client, id, ct)).Id, name, ct);
                chat.Say($"It is called '{name.Trim()}' now.");
                break;
            default:
                throw Misused();
        }
    }
}
