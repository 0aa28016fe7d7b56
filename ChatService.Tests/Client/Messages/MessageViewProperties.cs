using ChatService.Client.Messages;
using CsCheck;

namespace ChatService.Tests.Client.Messages;

public class MessageViewProperties
{
    private static readonly Guid[] s_people = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
    private static readonly string[] s_emoji = ["👍", "❤️"];

    /// <summary>
    /// Messages come in the order of their sequences, save that a device's own are in their places when they are acknowledged, and one
    /// that could not be opened may be opened at any time: here everything may come at any time.
    /// </summary>
    [Fact]
    public async Task Every_order_of_arrival_ends_in_the_same_view_and_with_nothing_left_of_what_was_deleted() =>
        await Gen.Select(Gen.Select(Gen.Int[0, 9], Gen.Int[0, 2], Gen.Int[0, 100], Gen.Int[0, 1]).Array[5, 40], Gen.Int)
            .SampleAsync(async (script, seed) =>
            {
                var talk = Guid.CreateVersion7();
                var messages = Perform(talk, script);
                var (ordered, shuffled) = (new Notebook(s_people[0]), new Notebook(s_people[0]));
                await ordered.SaveAsync(messages);
                var mixed = messages.ToArray();
                new Random(seed).Shuffle(mixed);
                await shuffled.SaveAsync(mixed);

                Assert.Equal(await ordered.SeenAsync(talk), await shuffled.SeenAsync(talk));
                foreach (var deleted in (await ordered.HistoryAsync(talk)).Where(message => message.IsDeleted))
                {
                    Assert.False(ordered.Holds($"said {deleted.Sequence};"));
                    Assert.False(shuffled.Holds($"said {deleted.Sequence};"));
                }
            }, iter: 300, threads: 1, print: script => string.Join(" ", script.Item1));

    private static StoredMessage[] Perform(Guid talk, (int Action, int Person, int Choice, int Emoji)[] script)
    {
        List<StoredMessage> messages = [];
        foreach (var (action, person, choice, emoji) in script)
        {
            var sequence = messages.Count + 1;
            var target = messages.Count == 0 ? null : messages[choice % messages.Count];
            MessageContent content = (action, target) switch
            {
                ( >= 3 and < 6, not null) => new EditContent(target.Id, $"said {target.Sequence}; again in {sequence}"),
                (6, not null) => new DeleteContent(target.Id),
                ( >= 7, not null) => new ReactionContent(target.Id, s_emoji[emoji], Removed: action == 9),
                _ => new TextContent($"said {sequence};"),
            };
            messages.Add(Notebook.Message(talk, s_people[person], sequence, content));
        }

        return [.. messages];
    }
}
