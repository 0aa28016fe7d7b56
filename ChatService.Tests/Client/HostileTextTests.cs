using System.Globalization;
using ChatService.Cli.Interactive;
using ChatService.Cli.Output;
using ChatService.Client.Assistant;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Contracts;
using CsCheck;

namespace ChatService.Tests.Client;

/// <summary>What other people, the assistant's model and the server say comes to the terminal as text and as nothing else.</summary>
public class HostileTextTests
{
    /// <summary>Clears the screen, renames the window, colours, writes over the line, turns the text around, and shows a message that nobody wrote.</summary>
    private const string Hostile = "\u001b[2J\u001b]0;mine\u0007\u009b31m\r\b\u0085\u2028\u202Eabc\n  9 10:00 @bob I agree";

    private static readonly Guid s_me = Guid.CreateVersion7();
    private static readonly Guid s_other = Guid.CreateVersion7();

    private static readonly MessageContent[] s_contents =
    [
        new TextContent(Hostile),
        new ReplyContent(Guid.CreateVersion7(), Hostile),
        new AssistantPromptContent(Hostile),
        new FileContent(new AttachmentInfo(Guid.CreateVersion7(), "key", "digest", 3, Hostile, "text/plain"), Hostile),
        new EditContent(Guid.CreateVersion7(), Hostile),
        new ReactionContent(Guid.CreateVersion7(), Hostile),
        new SystemContent(new SystemEvent(SystemEventKind.ConversationRenamed, s_other, Value: Hostile)),
        new UnsupportedContent(Hostile, "{}"),
    ];

    [Fact]
    public void Whatever_a_message_holds_is_shown_without_control_characters_and_passes_for_no_other_message()
    {
        foreach (var content in s_contents)
        {
            foreach (var isAssistant in (bool[])[false, true])
            {
                var shown = Show(content, isAssistant);

                AssertHarmless(shown);
                Assert.DoesNotContain(Lines(shown), line => line.TrimStart().StartsWith("9 10:00", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void An_answer_that_is_being_written_is_shown_the_same_way()
    {
        var shown = AssistantDialog.Words(new AssistantAnswer(Guid.CreateVersion7(), Guid.CreateVersion7(), Hostile));

        AssertHarmless(shown);
        Assert.DoesNotContain(Lines(shown), line => line.TrimStart().StartsWith("9 10:00", StringComparison.Ordinal));
    }

    [Fact]
    public void No_text_at_all_keeps_a_control_character()
    {
        Gen.String.Sample(text => AssertHarmless(TerminalText.Clean(text)));
        Gen.String.Sample(text => AssertHarmless(TerminalText.Marked(text)));
        Gen.String.Sample(text => Assert.DoesNotContain('\n', TerminalText.OneLine(text)));
        Assert.Equal("👩‍👩‍👧 naïve 漢字\n  │ second", TerminalText.Marked("👩‍👩‍👧 naïve 漢字\nsecond"));
    }

    [Fact]
    public void The_json_of_a_message_escapes_what_a_terminal_would_obey() =>
        Assert.DoesNotContain(MessageJson.Write(Message(new TextContent(Hostile)), null), char.IsControl);

    private static string Show(MessageContent content, bool isAssistant)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        var screen = new ChatScreen(output, colors: false);
        var conversation = new CurrentConversation(null!, Conversation(isAssistant));
        var log = new MessageLog(null!, conversation, screen, new LiveStatus(new StatusLine { Title = "" }, screen));
        log.Show(Message(content));
        // The screen's own: where the cursor goes, and the lines below.
        var text = output.ToString();
        return text[..text.LastIndexOf("\r\n\r\n> ", StringComparison.Ordinal)].Replace("\r\n", "\n", StringComparison.Ordinal);
    }

    private static void AssertHarmless(string shown) => Assert.DoesNotContain(
        shown, character => (char.IsControl(character) && character != '\n') || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    private static IEnumerable<string> Lines(string shown) => shown.Split('\n').Skip(1);

    private static ChatMessage Message(MessageContent content) => new()
    {
        Id = Guid.CreateVersion7(),
        ConversationId = Guid.CreateVersion7(),
        SenderId = s_other,
        Sequence = 1,
        CreatedAt = DateTime.UnixEpoch,
        Content = content,
        State = MessageState.Received,
        IsOwn = false,
    };

    private static Conversation Conversation(bool isAssistant)
    {
        Participant[] members =
        [
            new(s_me, "me", "Me", null, ParticipantRole.Owner, default, 0, 0, false),
            new(s_other, "other", Hostile, null, ParticipantRole.Member, default, 0, 0, isAssistant),
        ];
        return new(new(Guid.CreateVersion7(), ConversationType.Group, "Group", null, s_me, default, default, 0, 1, 0, members), s_me);
    }
}
