using ChatService.Client;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Scenarios;

namespace ChatService.Tests.Blocks;

public sealed class HiddenMessagesTests(AppHostFixture stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alice_blocks_the_troll_in_the_group_that_they_share_and_sees_nothing_of_them_until_she_unblocks()
    {
        await using var alice = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        await using var troll = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        await using var carol = await Person.ConnectAsync(stack, await stack.HubAsync(2));
        var group = await carol.Client.CreateGroupAsync("Everyone", [alice.Handle, troll.Handle], Token);
        await Patience.UntilAsync(async () => await alice.Client.FindConversationAsync(group.Id, Token) is not null && await troll.Client.FindConversationAsync(group.Id, Token) is not null, "both are in");
        await troll.SayAsync(group, "first provocation");
        await alice.HearsAsync("first provocation");

        await alice.Client.People.BlockAsync(troll.Id, Token);
        var said = await carol.SayAsync(group, "what do you say?");
        await alice.HearsAsync("what do you say?");
        await troll.HearsAsync("what do you say?");
        await troll.Client.ReactAsync((await troll.Client.HistoryAsync(group.Id, ct: Token)).Single(message => message.Id == said.Id), "💩", Token);
        await troll.SayAsync(group, "second provocation");
        await carol.SayAsync(group, "never mind");
        await alice.HearsAsync("never mind");

        Assert.Equal(["first provocation", "what do you say?", "never mind"], alice.HeardTexts);
        Assert.Equal(["what do you say?", "never mind"], await TextsAsync(alice, group.Id));
        Assert.Empty((await alice.Client.FindMessageAsync(group.Id, said.Id, Token))!.Reactions);
        var refusal = await Assert.ThrowsAsync<ChatException>(() => troll.OpenAsync(alice));
        Assert.Equal(ErrorCodes.RecipientUnavailable, refusal.Code);

        await alice.Client.People.UnblockAsync(troll.Id, Token);
        Assert.Equal(["first provocation", "what do you say?", "second provocation", "never mind"], await TextsAsync(alice, group.Id));
        Assert.Single((await alice.Client.FindMessageAsync(group.Id, said.Id, Token))!.Reactions);
    }

    private static async Task<IEnumerable<string?>> TextsAsync(Person person, Guid conversation) =>
        (await person.Client.HistoryAsync(conversation, ct: Token)).Where(message => message.Text is not null).Select(message => message.Text);
}
