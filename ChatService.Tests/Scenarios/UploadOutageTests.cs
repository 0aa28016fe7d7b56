using System.Security.Cryptography;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Attachments;

namespace ChatService.Tests.Scenarios;

[Collection(nameof(Outages))]
public sealed class UploadOutageTests(AppHostFixture stack)
{
    [Fact]
    public async Task Alices_hub_is_killed_in_the_middle_of_an_upload_and_the_other_hub_takes_the_rest()
    {
        await using var door = new Doorway(await stack.HubAsync(2));
        await using var alice = await Person.ConnectAsync(stack, door.Address);
        await using var bob = await Person.ConnectAsync(stack, await stack.HubAsync(1));
        var conversation = await alice.OpenAsync(bob);
        var file = RandomNumberGenerator.GetBytes(8 * Limits.AttachmentChunk);
        using var progress = new Holding(chunks: 3);
        var sending = alice.Client.SendFileAsync(conversation, new MemoryStream(file), "film.mp4", progress: progress, ct: TestContext.Current.CancellationToken);
        await progress.There;

        await using var outage = await Outage.BeginAsync(stack, "hub-2", isKilled: true);
        progress.LetGo();
        door.Target = await stack.HubAsync(1);
        await sending.WaitAsync(Patience.Limit, TestContext.Current.CancellationToken);

        await Patience.UntilAsync(() => bob.Heard.Count == 1, "Bob hears of the film");
        using var opened = new MemoryStream();
        await bob.Client.DownloadAsync(bob.Heard[0], opened, ct: TestContext.Current.CancellationToken);
        Assert.Equal(file, opened.ToArray());
    }
}
