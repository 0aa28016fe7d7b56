using System.Text.Json;
using ChatService.Tests.Accounts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Storage;

namespace ChatService.Tests.Client;

public sealed class GroupCommandsTests(AppHostFixture stack) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_group_is_made_talked_in_by_its_name_changed_and_left()
    {
        var (alice, bob, carol) = (await RegisterAsync(), await RegisterAsync(), await RegisterAsync());

        var id = (await RunAsync(alice, "group", "create", "Tea club", "@" + bob.Handle)).Trim();
        Assert.True(Guid.TryParse(id, out _));
        await RunAsync(alice, "group", "add", "Tea club", "@" + carol.Handle);
        await RunAsync(alice, "group", "role", "tea club", "@" + bob.Handle, "admin");
        await RunAsync(alice, "send", "Tea club", "two sugars?");
        Assert.Equal(
            [$"@{alice.Handle}\towner", $"@{bob.Handle}\tadmin", $"@{carol.Handle}\tmember"],
            (await RunAsync(carol, "group", "members", "Tea club")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Columns));
        var owner = JsonSerializer.Deserialize<JsonElement>((await RunAsync(bob, "group", "members", id, "--json")).Split('\n')[0]);
        Assert.Equal((alice.Handle, "owner"), (owner.GetProperty("handle").GetString(), owner.GetProperty("role").GetString()));

        await RunAsync(bob, "group", "rename", "Tea club", "Coffee club");
        await RunAsync(bob, "group", "remove", "Coffee club", "@" + carol.Handle);
        var refused = await ChatProcess.RunAsync(bob.Folder, "", "group", "remove", "Coffee club", "@" + alice.Handle);
        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith("chat: ", refused.Errors, StringComparison.Ordinal);
        await RunAsync(alice, "group", "leave", id);
        Assert.Equal($"@{bob.Handle}\towner", Columns((await RunAsync(bob, "group", "members", "Coffee club")).Trim()));
        Assert.Contains("(left)", await RunAsync(alice, "conversations"), StringComparison.Ordinal);
        var gone = await ChatProcess.RunAsync(alice.Folder, "", "group", "members", id);
        Assert.Equal((1, $"chat: You are no longer a member of '{id}'.\n"), (gone.ExitCode, gone.Errors));
    }

    [Fact]
    public async Task Blocked_people_are_listed_and_their_messages_refused_in_a_sentence()
    {
        var (alice, troll) = (await RegisterAsync(), await RegisterAsync());
        await RunAsync(troll, "send", "@" + alice.Handle, "one");

        await RunAsync(alice, "block", "@" + troll.Handle);
        Assert.StartsWith($"@{troll.Handle}\t", await RunAsync(alice, "blocked"), StringComparison.Ordinal);
        var refused = await ChatProcess.RunAsync(troll.Folder, "", "send", "@" + alice.Handle, "two");
        Assert.Equal((1, "chat: This user cannot be reached: they are gone, or do not take messages from you.\n"), (refused.ExitCode, refused.Errors));

        await RunAsync(alice, "unblock", "@" + troll.Handle);
        Assert.Equal("", await RunAsync(alice, "blocked"));
        await RunAsync(troll, "send", "@" + alice.Handle, "three");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(string Handle, string Folder)> RegisterAsync()
    {
        var handle = TestAccount.NewHandle();
        var folder = _folder.PathOf(handle);
        var registered = await ChatProcess.RunAsync(
            folder, TestAccount.GoodPassword + "\n", "--server", (await stack.GatewayAsync()).AbsoluteUri, "register", handle, "--password-stdin");
        Assert.True(registered.ExitCode == 0, registered.ToString());
        return (handle, folder);
    }

    private static async Task<string> RunAsync((string Handle, string Folder) person, params string[] arguments)
    {
        var result = await ChatProcess.RunAsync(person.Folder, "", arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }

    private static string Columns(string row) => row.Split('\t') is [var handle, _, var role, ..] ? $"{handle}\t{role}" : row;
}
