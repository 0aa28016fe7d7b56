using ChatService.Cli.Groups;
using ChatService.Cli.Output;
using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Contracts;

namespace ChatService.Cli.Interactive.Commands;

/// <summary>What a command works with: the client, the conversation as it is now, and the screen above the line being typed.</summary>
internal sealed class ChatContext(ChatClient client, CurrentConversation conversation, ChatScreen screen, MessageLog messages, LiveStatus status, Action end)
{
    public ChatClient Client => client;

    public Conversation Conversation => conversation.Now;

    public ChatScreen Screen => screen;

    public MessageLog Messages => messages;

    public LiveStatus Status => status;

    /// <summary>Shows lines that only this user sees. What is in them may come from other people.</summary>
    public void Say(string text) => screen.Print(screen.Dim(TerminalText.Clean(text)));

    /// <summary>The server answered with a newer conversation.</summary>
    public void Update(Conversation newer) => conversation.Set(newer);

    /// <summary>Goes wrong with a line on the screen, and ends nothing.</summary>
    public async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is CliException or ChatException or IOException or UnauthorizedAccessException)
        {
            screen.Print(screen.Bold(TerminalText.OneLine(e.Message)));
        }
    }

    /// <summary>Ends the chat.</summary>
    public void End() => end();

    /// <summary>A member by handle, with or without the @.</summary>
    public Participant Member(string handle) => Conversation.MemberByHandle(handle);
}
