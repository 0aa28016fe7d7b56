using ChatService.Client.Encryption;
using ChatService.Client.Messages;
using ChatService.Contracts;

namespace ChatService.Tests.Client.Messages;

public class MessageViewTests
{
    private static readonly Guid s_talk = Guid.CreateVersion7();
    private static readonly Guid s_alice = Guid.Parse("00000000-0000-0000-0000-0000000000a1");
    private static readonly Guid s_bob = Guid.Parse("00000000-0000-0000-0000-0000000000b0");

    [Fact]
    public async Task The_last_edit_of_the_author_is_the_text_and_nobody_elses_counts()
    {
        var said = Said(1, s_alice, new TextContent("helo"));
        var notebook = await WithAsync(
            said,
            Said(2, s_alice, new EditContent(said.Id, "hello")),
            Said(3, s_bob, new EditContent(said.Id, "goodbye")),
            Said(4, s_alice, new EditContent(said.Id, "Hello")));

        Assert.Equal(["1: Hello edited 00:04"], await notebook.SeenAsync(s_talk));
    }

    [Fact]
    public async Task A_deletion_by_the_author_leaves_nothing_of_the_text_on_the_device_in_any_of_its_versions()
    {
        var said = Said(1, s_alice, new TextContent("the first secret"));
        var notebook = await WithAsync(
            said,
            Said(2, s_alice, new EditContent(said.Id, "the second secret")),
            Said(3, s_bob, new ReactionContent(said.Id, "👍")),
            Said(4, s_alice, new DeleteContent(said.Id)),
            Said(5, s_alice, new EditContent(said.Id, "the third secret")));

        Assert.Equal(["1: deleted"], await notebook.SeenAsync(s_talk));
        Assert.False(notebook.Holds("secret"));
    }

    [Fact]
    public async Task A_deletion_that_is_not_the_authors_or_is_of_another_conversation_changes_nothing()
    {
        var said = Said(1, s_alice, new TextContent("stays"));
        var notebook = await WithAsync(said, Said(2, s_bob, new DeleteContent(said.Id)));
        await notebook.SaveAsync(Notebook.Message(Guid.CreateVersion7(), s_alice, 3, new DeleteContent(said.Id)));

        Assert.Equal(["1: stays"], await notebook.SeenAsync(s_talk));
    }

    [Fact]
    public async Task A_reaction_is_there_once_per_user_and_emoji_and_can_be_taken_back_by_its_user_only()
    {
        var said = Said(1, s_alice, new TextContent("hi"));
        var notebook = await WithAsync(
            said,
            Said(2, s_bob, new ReactionContent(said.Id, "👍")),
            Said(3, s_bob, new ReactionContent(said.Id, "👍")),
            Said(4, s_alice, new ReactionContent(said.Id, "👍")),
            Said(5, s_bob, new ReactionContent(said.Id, "❤️")),
            Said(6, s_alice, new ReactionContent(said.Id, "❤️", Removed: true)),
            Said(7, s_bob, new ReactionContent(said.Id, "👍", Removed: true)));

        Assert.Equal(["1: hi 👍a1 ❤️b0"], await notebook.SeenAsync(s_talk));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("ab")]
    [InlineData("\u001b")]
    [InlineData("\n")]
    public async Task What_is_not_one_visible_grapheme_is_no_reaction(string emoji)
    {
        var said = Said(1, s_alice, new TextContent("hi"));

        Assert.Equal(["1: hi"], await (await WithAsync(said, Said(2, s_bob, new ReactionContent(said.Id, emoji)))).SeenAsync(s_talk));
    }

    [Fact]
    public void Joined_and_coloured_emoji_are_one_grapheme_and_endless_ones_are_none()
    {
        Assert.True(MessageView.IsEmoji("👩‍👩‍👧‍👦"));
        Assert.True(MessageView.IsEmoji("👍🏽"));
        Assert.True(MessageView.IsEmoji("🇨🇭"));
        Assert.False(MessageView.IsEmoji("a" + new string('\u0301', 40)));
    }

    [Fact]
    public async Task Changes_of_changes_of_system_messages_and_of_what_comes_later_count_for_nothing()
    {
        var later = Guid.CreateVersion7();
        var rename = new StoredMessage(Guid.CreateVersion7(), s_talk, s_alice, null, 1, DateTime.UnixEpoch) { SystemEvent = new(SystemEventKind.ConversationRenamed, s_alice) };
        var said = Said(2, s_alice, new TextContent("hi"));
        var edit = Said(3, s_alice, new EditContent(said.Id, "hello"));
        var notebook = await WithAsync(
            rename,
            said,
            edit,
            Said(4, s_alice, new DeleteContent(edit.Id)),
            Said(5, s_bob, new ReactionContent(edit.Id, "👍")),
            Said(6, s_alice, new DeleteContent(rename.Id)),
            Said(7, s_bob, new ReactionContent(rename.Id, "👍")),
            Said(8, s_alice, new DeleteContent(later)),
            Notebook.Message(s_talk, s_alice, 9, new TextContent("later"), later));

        Assert.Equal(["1: ", "2: hello edited 00:03", "9: later"], await notebook.SeenAsync(s_talk));
    }

    [Fact]
    public async Task A_message_that_could_not_be_opened_can_be_deleted_and_stays_so_when_it_is_opened_after_all()
    {
        var said = Said(1, s_alice, new TextContent("a secret that came late"));
        var notebook = await WithAsync(said with { Json = null, Undecryptable = EncryptionError.NoSession }, Said(2, s_alice, new DeleteContent(said.Id)));
        Assert.Equal(["1: deleted"], await notebook.SeenAsync(s_talk));

        await notebook.SaveAsync(said);

        Assert.Equal(["1: deleted"], await notebook.SeenAsync(s_talk));
        Assert.False(notebook.Holds("secret"));
    }

    [Fact]
    public async Task An_edited_caption_keeps_its_file_and_an_edited_reply_what_it_answers()
    {
        var file = new AttachmentInfo(Guid.CreateVersion7(), "key", "digest", 3, "a.txt", "text/plain");
        StoredMessage sent = Said(1, s_alice, new FileContent(file, "old")), reply = Said(2, s_alice, new ReplyContent(sent.Id, "old"));
        var notebook = await WithAsync(sent, reply, Said(3, s_alice, new EditContent(sent.Id, "new")), Said(4, s_alice, new EditContent(reply.Id, "new")));

        Assert.Equal(
            [new FileContent(file, "new"), new ReplyContent(sent.Id, "new")], (await notebook.HistoryAsync(s_talk)).Select(message => message.Content));
    }

    [Fact]
    public async Task Pages_of_history_hold_as_many_messages_as_were_asked_for_however_many_reactions_lie_between()
    {
        var said = Enumerable.Range(0, 5).Select(i => Said(1 + (i * 100), s_alice, new TextContent($"{i}"))).ToArray();
        var reactions = said.SelectMany(message => Enumerable.Range(1, 99).Select(i => Said(message.Sequence + i, s_bob, new ReactionContent(message.Id, "👍", i % 2 == 0))));
        var notebook = await WithAsync([.. said, .. reactions]);

        var page = await notebook.Reader.HistoryAsync(s_talk, null, 3, TestContext.Current.CancellationToken);
        var before = await notebook.Reader.HistoryAsync(s_talk, page[0].Sequence, 3, TestContext.Current.CancellationToken);

        Assert.Equal(["2", "3", "4"], page.Select(message => message.Text));
        Assert.Equal(["0", "1"], before.Select(message => message.Text));
    }

    private static StoredMessage Said(long sequence, Guid sender, MessageContent content) => Notebook.Message(s_talk, sender, sequence, content);

    private static async Task<Notebook> WithAsync(params StoredMessage[] messages)
    {
        var notebook = new Notebook(s_bob);
        await notebook.SaveAsync(messages);
        return notebook;
    }
}
