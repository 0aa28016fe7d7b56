using System.Globalization;
using ChatService.Cli.Interactive;
using ChatService.Cli.Interactive.Commands;
using ChatService.Cli.Output;
using ChatService.Client.Messages;
using ChatService.Contracts;

namespace ChatService.Tests.Client;

public class ChatInTerminalTests
{
    private static readonly Guid s_user = Guid.CreateVersion7();

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("90m", 5400)]
    [InlineData("1h", 3600)]
    [InlineData("7d", 604800)]
    [InlineData("2w", 1209600)]
    [InlineData("h", null)]
    [InlineData("-1h", null)]
    [InlineData("0s", null)]
    [InlineData("1.5h", null)]
    [InlineData("soon", null)]
    [InlineData("99999999999h", null)]
    public void A_duration_is_a_number_and_a_unit(string text, int? seconds) => Assert.Equal(seconds, (int?)Durations.Parse(text)?.TotalSeconds);

    [Theory]
    [InlineData(1, "1 second")]
    [InlineData(5400, "90 minutes")]
    [InlineData(3600, "1 hour")]
    [InlineData(1209600, "2 weeks")]
    public void A_duration_is_said_in_its_largest_whole_unit(int seconds, string words) => Assert.Equal(words, Durations.Of(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData("3 hello there", 3, "hello there")]
    [InlineData("#3 hello", 3, "hello")]
    [InlineData("hello 3", null, "hello 3")]
    [InlineData("  ", null, "")]
    [InlineData("12", 12, "")]
    public void A_leading_number_names_a_message(string arguments, int? number, string rest) => Assert.Equal((number, rest), SlashCommand.WithNumber(arguments));

    [Theory]
    [InlineData("/help", true, "/help")]
    [InlineData("//etc/passwd is a file", false, "/etc/passwd is a file")]
    [InlineData("hello /help", false, "hello /help")]
    public void One_slash_is_a_command_and_two_are_a_text(string line, bool isCommand, string text)
    {
        Assert.Equal(isCommand, SlashCommands.IsCommand(line));
        Assert.Equal(text, SlashCommands.Text(line));
    }

    [Fact]
    public void Every_command_has_a_name_of_its_own_and_says_what_it_does()
    {
        Assert.Equal(SlashCommands.All.Count, SlashCommands.All.Select(command => command.Name).Distinct().Count());
        Assert.All(SlashCommands.All, command => Assert.NotEmpty(command.Description));
    }

    [Fact]
    public void When_the_chat_is_over_nothing_is_drawn_any_more()
    {
        using var output = new StringWriter();
        var screen = new ChatScreen(output, colors: false);
        screen.SetStatus("connected");
        screen.Close();
        var before = output.ToString();

        screen.SetStatus("disconnected");
        screen.SetLive("typing …");

        Assert.Equal(before, output.ToString());
    }

    [Theory]
    [InlineData(SystemEventKind.RoleChanged, "Admin", "(someone made someone an admin)")]
    [InlineData(SystemEventKind.RoleChanged, "Member", "(someone made someone a member)")]
    [InlineData(SystemEventKind.OwnershipTransferred, null, "(someone made someone the owner)")]
    public void A_change_of_a_role_is_a_sentence(SystemEventKind kind, string? value, string sentence) =>
        Assert.Equal(sentence, MessageText.Of(Message(new SystemContent(new SystemEvent(kind, Guid.CreateVersion7(), s_user, value))), null));

    [Fact]
    public void Messages_keep_their_numbers_and_the_newest_come_first()
    {
        var shown = new ShownMessages();
        ChatMessage one = Message(new TextContent("one")), two = Message(new TextContent("two"));

        Assert.Equal([1, 2, 1], new[] { shown.Add(one), shown.Add(two), shown.Add(one) });
        Assert.Equal([two, one], shown.Latest());
        Assert.Equal(two, shown.Find(2));
        Assert.Throws<ChatService.Cli.CliException>(() => shown.Find(3));
        Assert.Throws<ChatService.Cli.CliException>(() => shown.Find(0));
    }

    [Fact]
    public void The_json_of_a_message_says_what_it_answers_changes_and_carries_and_never_a_path()
    {
        var target = Guid.CreateVersion7();
        var file = new AttachmentInfo(Guid.CreateVersion7(), "key", "digest", 3, "../a.txt", "text/plain");

        Assert.Contains($"\"replyTo\":\"{target}\"", MessageJson.Write(Message(new ReplyContent(target, "x")), null), StringComparison.Ordinal);
        Assert.Contains($"\"type\":\"edit\",\"text\":\"new\",\"target\":\"{target}\"", MessageJson.Write(Message(new EditContent(target, "new")), null), StringComparison.Ordinal);
        Assert.Contains($"\"target\":\"{target}\",\"emoji\":\"\\uD83D\\uDC4D\",\"removed\":false", MessageJson.Write(Message(new ReactionContent(target, "👍")), null), StringComparison.Ordinal);
        Assert.Contains("\"fileName\":\"a.txt\",\"mediaType\":\"text/plain\",\"size\":3", MessageJson.Write(Message(new FileContent(file)), null), StringComparison.Ordinal);
        Assert.Contains("\"type\":\"deleted\",\"text\":null}", MessageJson.Write(Message(new DeletedContent()), null), StringComparison.Ordinal);
        var reacted = Message(new TextContent("x")) with { Reactions = [new("👍", [s_user])], EditedAt = DateTime.UnixEpoch };
        Assert.Contains(
            string.Create(CultureInfo.InvariantCulture, $"\"editedAt\":\"1970-01-01T00:00:00Z\",\"reactions\":[{{\"emoji\":\"\\uD83D\\uDC4D\",\"userIds\":[\"{s_user}\"]}}]"),
            MessageJson.Write(reacted, null),
            StringComparison.Ordinal);
    }

    private static ChatMessage Message(MessageContent content) => new()
    {
        Id = Guid.CreateVersion7(),
        ConversationId = Guid.CreateVersion7(),
        SenderId = s_user,
        Sequence = 1,
        CreatedAt = DateTime.UnixEpoch,
        Content = content,
        State = MessageState.Received,
        IsOwn = false,
    };
}
