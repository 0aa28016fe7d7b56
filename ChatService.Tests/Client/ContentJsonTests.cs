using ChatService.Client.Messages;

namespace ChatService.Tests.Client;

public class ContentJsonTests
{
    private static readonly AttachmentInfo s_attachment = new(Guid.CreateVersion7(), "a2V5", "aGFzaA==", 12, "holiday.jpg", "image/jpeg");

    public static IEnumerable<TheoryDataRow<MessageContent>> Contents { get; } =
    [
        new(new TextContent("grüße 😀 \"quoted\"")),
        new(new ReplyContent(Guid.CreateVersion7(), "yes")),
        new(new EditContent(Guid.CreateVersion7(), "better")),
        new(new DeleteContent(Guid.CreateVersion7())),
        new(new ReactionContent(Guid.CreateVersion7(), "👍", Removed: true)),
        new(new ImageContent(s_attachment, 640, 480, "us")),
        new(new FileContent(s_attachment)),
        new(new AssistantPromptContent("what time is it?")),
    ];

    [Theory]
    [MemberData(nameof(Contents), DisableDiscoveryEnumeration = true)]
    public void What_is_written_reads_the_same(MessageContent content)
    {
        var json = ContentJson.Write(content);

        Assert.StartsWith($$"""{"type":"{{content.Type}}",""", json, StringComparison.Ordinal);
        Assert.Equal(content, ContentJson.Read(json));
    }

    [Theory]
    [InlineData("""{"type":"poll","question":"tea?"}""", "poll")]
    [InlineData("""{"type":"text"}""", "text")]
    [InlineData("""{"type":"text","text":null}""", "text")]
    [InlineData("""{"type":"reply","replyTo":"not an id","text":"x"}""", "reply")]
    [InlineData("""{"type":7}""", "")]
    [InlineData("[1]", "")]
    [InlineData("not json", "")]
    [InlineData("", "")]
    public void What_is_not_understood_is_kept_whole(string json, string type) =>
        Assert.Equal(new UnsupportedContent(type, json), ContentJson.Read(json));

    [Fact]
    public void A_later_versions_additions_to_a_known_type_do_no_harm() =>
        Assert.Equal(new TextContent("hi"), ContentJson.Read("""{"text":"hi","mood":"good","type":"text"}"""));
}
