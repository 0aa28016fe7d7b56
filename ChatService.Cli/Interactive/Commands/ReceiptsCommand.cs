using ChatService.Cli.Output;

namespace ChatService.Cli.Interactive.Commands;

internal sealed class ReceiptsCommand() : SlashCommand("receipts", "", "show how many have your last messages")
{
    private const int Last = 5;

    public override async Task RunAsync(ChatContext chat, string arguments, CancellationToken ct)
    {
        Words(arguments, 0);
        List<string[]> rows = [];
        foreach (var message in (await chat.Client.HistoryAsync(chat.Conversation.Id, limit: 50, ct: ct)).Where(message => message.IsOwn).TakeLast(Last))
        {
            var counts = await chat.Client.ReceiptsAsync(message, ct);
            rows.Add([MessageText.Time(message), $"delivered to {counts.Delivered}, read by {counts.Read} of {counts.Members}", MessageText.Of(message, chat.Conversation)]);
        }

        chat.Say(rows.Count == 0 ? "You have not written anything here lately." : string.Join('\n', TextColumns.Lines(rows)));
    }
}
