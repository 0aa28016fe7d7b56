using ChatService.Client.Messages;

namespace ChatService.Cli.Interactive;

/// <summary>The status line on the screen, changed from several threads.</summary>
internal sealed class LiveStatus(StatusLine line, ChatScreen screen)
{
    private readonly Lock _turn = new();

    /// <summary>The newest message of this user's that the server has.</summary>
    public ChatMessage? LastSent => line.LastSent;

    public void Update(Action<StatusLine> change)
    {
        lock (_turn)
        {
            change(line);
            screen.SetStatus(line.ToString());
        }
    }
}
