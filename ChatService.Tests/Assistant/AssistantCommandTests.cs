using ChatService.Cli.Assistant;
using ChatService.Cli.Interactive;
using ChatService.Client.Conversations;
using ChatService.Client.SignIn;
using ChatService.Contracts;
using ChatService.Tests.Accounts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Client;
using ChatService.Tests.Storage;

namespace ChatService.Tests.Assistant;

public sealed class AssistantCommandTests(AppHostFixture stack) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Profile => _folder.PathOf("me");

    [Fact]
    public async Task Sending_to_the_assistant_has_to_be_agreed_to_once_and_it_answers()
    {
        await using (var someone = await Asker.ConnectAsync(stack, 1))
            await someone.OpenWithAssistantAsync();
        await RegisterAsync();

        var refused = await ChatProcess.RunAsync(Profile, "", "send", "@gpt", "hello");
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal($"chat: Not sent: what you ask @gpt goes to {StandInModel.Name} at 127.0.0.1 in readable form. Agree with --yes.", refused.Errors.Trim());

        Assert.Equal(new ChatResult(0, "", ""), await ChatProcess.RunAsync(Profile, "", "send", "@gpt", "hello", "--yes"));
        Assert.Equal(new ChatResult(0, "", ""), await ChatProcess.RunAsync(Profile, "@gpt, hello again\n", "with", "@gpt"));
        await using var listening = ChatProcess.Start(Profile, "listen");
        List<string> lines = [];
        while (lines.Count(line => line.Contains("You said: hello", StringComparison.Ordinal)) < 2)
            lines.Add((await listening.ReadLineAsync())!);
        Assert.Contains(lines, line => line.Contains("You said: hello again", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("@gpt what next?", "what next?", 0)]
    [InlineData("  @GPT, what next?", "what next?", 0)]
    [InlineData("@gpt: +5 sum up", "sum up", 5)]
    [InlineData("@gpt +500 sum up", "sum up", 50)]
    [InlineData("@gpt +5", "+5", 0)]
    public void A_line_that_begins_with_the_assistants_name_is_addressed_to_it(string line, string text, int attached) =>
        Assert.Equal(new AssistantLine(text, attached), AssistantLine.Parse(line, Conversation(withAssistant: false)));

    [Theory]
    [InlineData("I asked @gpt what next")]
    [InlineData("@gptx hello")]
    [InlineData("hello")]
    public void Any_other_line_is_for_people_unless_there_are_none(string line)
    {
        Assert.Null(AssistantLine.Parse(line, Conversation(withAssistant: false)));
        Assert.Equal(line, AssistantLine.Parse(line, Conversation(withAssistant: true))?.Text);
    }

    [Fact]
    public void Text_that_grows_is_shown_in_lines_that_fit_the_last_ones_of_it()
    {
        Assert.Equal(["abcd", "ef", "", "gh"], LiveLines.Wrap("abcdef\n\ngh", cells: 4, most: 10));
        Assert.Equal(["", "gh"], LiveLines.Wrap("abcdef\n\ngh", cells: 4, most: 2));
        Assert.Equal(["漢字", "漢"], LiveLines.Wrap("漢字漢", cells: 5, most: 10));
    }

    public void Dispose() => _folder.Dispose();

    private async Task RegisterAsync()
    {
        var server = await stack.GatewayAsync();
        var result = await ChatProcess.RunAsync(
            Profile, TestAccount.GoodPassword + "\n", "--server", server.AbsoluteUri, "register", TestAccount.NewHandle(), "--password-stdin");
        Assert.Equal(0, result.ExitCode);
    }

    private static Conversation Conversation(bool withAssistant)
    {
        var (me, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Participant[] members = [.. new[] { me, other }.Select(id => new Participant(id, "x", "X", null, ParticipantRole.Member, default, 0, 0, id == other && withAssistant))];
        return new(new(Guid.CreateVersion7(), ConversationType.Direct, null, null, me, default, default, 0, 1, 0, members), me);
    }
}
