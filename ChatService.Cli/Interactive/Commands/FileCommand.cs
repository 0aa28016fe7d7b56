using ChatService.Cli.Output;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class FileCommand() : SlashCommand("file", "path", "send a file of at most 25 MiB")
{
    /// <summary>Beside the commands that follow, which need not wait for it.</summary>
    public override Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        var path = FilePath.Expand(Text(arguments));
        _ = chat.TryAsync(() => SendAsync(chat, path, ct));
        return Task.CompletedTask;
    }

    private static async Task SendAsync(ChatContext chat, string path, CancellationToken ct)
    {
        using var progress = new TransferStatus(chat.Status, "sending " + Path.GetFileName(path));
        chat.Messages.Show(await chat.Client.SendFileAsync(chat.Conversation, path, progress: progress, ct: ct));
    }
}
