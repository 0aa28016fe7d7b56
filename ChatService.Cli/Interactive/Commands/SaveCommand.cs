using ChatService.Cli.Output;
using ChatService.Client.Messages;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class SaveCommand() : SlashCommand("save", "[n] [folder]", "save the last file, or a message's; never over another")
{
    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var (number, folder) = WithNumber(arguments);
        var message = await chat.Messages.FindAsync(number, message => message.Attachment is not null, "There is no file to save.", ct);
        // Beside the commands that follow, which need not wait for it.
        _ = chat.TryAsync(() => SaveAsync(chat, message, folder.Length == 0 ? FilePath.DefaultFolder() : FilePath.Expand(folder), ct));
    }

    private static async Task SaveAsync(ChatContext chat, ChatMessage message, string folder, CancellationToken ct)
    {
        using var progress = new TransferStatus(chat.Status, "saving " + message.Attachment?.Name);
        var path = await chat.Client.SaveFileAsync(message, folder, progress, ct);
        chat.Say($"saved as {path}");
    }
}
