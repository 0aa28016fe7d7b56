using System.Text.Json;
using ChatService.Tests.Accounts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Storage;

namespace ChatService.Tests.Client;

public sealed class CommandLineTests(AppHostFixture stack) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Two_people_send_and_listen()
    {
        var (alice, bob) = (await RegisterAsync(), await RegisterAsync());

        Assert.Equal(new ChatResult(0, "", ""), await ChatProcess.RunAsync(alice.Folder, "", "send", "@" + bob.Handle, "hello 😀"));

        await using var listening = ChatProcess.Start(bob.Folder, "listen");
        var message = await NextTextAsync(listening);
        Assert.Equal("hello 😀", message.GetProperty("text").GetString());
        Assert.Equal(alice.Handle, message.GetProperty("sender").GetString());
        Assert.False(message.GetProperty("own").GetBoolean());
        Assert.Equal(130, await listening.TerminateAsync());
    }

    [Fact]
    public async Task Each_piped_line_is_a_message_and_listening_again_repeats_none()
    {
        var (alice, bob) = (await RegisterAsync(), await RegisterAsync());

        Assert.Equal(0, (await ChatProcess.RunAsync(alice.Folder, "one\ntwo\n\nthree", "with", "@" + bob.Handle)).ExitCode);
        await using (var listening = ChatProcess.Start(bob.Folder, "listen"))
        {
            foreach (var text in (string[])["one", "two", "three"])
                Assert.Equal(text, (await NextTextAsync(listening)).GetProperty("text").GetString());
            await listening.TerminateAsync();
        }

        Assert.Equal(0, (await ChatProcess.RunAsync(alice.Folder, "four\n", "with", "@" + bob.Handle)).ExitCode);
        await using var again = ChatProcess.Start(bob.Folder, "listen");
        // The last line may come again when the process ended before it asked for the next one.
        var first = (await NextTextAsync(again)).GetProperty("text").GetString();
        Assert.Equal("four", first == "three" ? (await NextTextAsync(again)).GetProperty("text").GetString() : first);
    }

    [Fact]
    public async Task An_echo_bot_echoes()
    {
        var (alice, bot) = (await RegisterAsync(), await RegisterAsync());
        await using var echo = ChatProcess.Start(bot.Folder, "bot", "echo");

        await ChatProcess.RunAsync(alice.Folder, "", "send", "@" + bot.Handle, "ping");

        await using var listening = ChatProcess.Start(alice.Folder, "listen");
        Assert.Equal("ping", (await NextTextAsync(listening)).GetProperty("text").GetString());
        Assert.Equal(130, await echo.TerminateAsync());
    }

    [Fact]
    public async Task A_programs_lines_go_to_the_conversation_that_it_was_asked_in()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("The program is a shell script.");
            return;
        }

        var (alice, bob, bot) = (await RegisterAsync(), await RegisterAsync(), await RegisterAsync());
        var program = _folder.PathOf("count");
        await File.WriteAllTextAsync(program, "#!/bin/sh\nn=0\nwhile read -r line; do n=$((n+1)); echo \"$n\"; done\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await using var running = ChatProcess.Start(bot.Folder, "bot", "--exec", program);

        await ChatProcess.RunAsync(alice.Folder, "a\nb\n", "with", "@" + bot.Handle);
        await ChatProcess.RunAsync(bob.Folder, "c\n", "with", "@" + bot.Handle);

        await using var aliceListens = ChatProcess.Start(alice.Folder, "listen");
        await using var bobListens = ChatProcess.Start(bob.Folder, "listen");
        Assert.Equal("1", (await NextTextAsync(aliceListens)).GetProperty("text").GetString());
        Assert.Equal("2", (await NextTextAsync(aliceListens)).GetProperty("text").GetString());
        Assert.Equal("1", (await NextTextAsync(bobListens)).GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_file_is_sent_listened_for_and_downloaded_twice_without_overwriting()
    {
        var (alice, bob) = (await RegisterAsync(), await RegisterAsync());
        var file = _folder.PathOf("report.txt");
        await File.WriteAllTextAsync(file, "all is well", TestContext.Current.CancellationToken);

        Assert.Equal(new ChatResult(0, "", ""), await ChatProcess.RunAsync(alice.Folder, "", "send", "@" + bob.Handle, "--file", file, "as promised"));
        JsonElement message;
        await using (var listening = ChatProcess.Start(bob.Folder, "listen"))
        {
            message = await NextAsync(listening, "file");
            await listening.TerminateAsync();
        }

        Assert.Equal("report.txt", message.GetProperty("attachment").GetProperty("fileName").GetString());
        var id = message.GetProperty("id").GetString()!;
        var saved = _folder.PathOf("saved");
        foreach (var name in (string[])["report.txt", "report (2).txt"])
        {
            var path = Path.Combine(saved, name);
            Assert.Equal(new ChatResult(0, path + Environment.NewLine, ""), await ChatProcess.RunAsync(bob.Folder, "", "download", "@" + alice.Handle, id, saved));
            Assert.Equal("all is well", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        }

        Assert.Equal(0, (await ChatProcess.RunAsync(bob.Folder, "", "send", "@" + alice.Handle, "thanks", "--reply-to", id)).ExitCode);
        await using var aliceListens = ChatProcess.Start(alice.Folder, "listen");
        Assert.Equal(id, (await NextAsync(aliceListens, "reply")).GetProperty("replyTo").GetString());
        await AssertFailsAsync(2, "There is nothing to send", bob.Folder, "send", "@" + alice.Handle);
    }

    [Theory]
    [InlineData("websockets")]
    [InlineData("server-sent-events")]
    [InlineData("long-polling")]
    public async Task The_transport_is_chosen_for_a_run(string transport)
    {
        var (alice, bob) = (await RegisterAsync(), await RegisterAsync());
        await using var listening = ChatProcess.Start(bob.Folder, "listen", "--transport", transport);

        Assert.Equal(new ChatResult(0, "", ""), await ChatProcess.RunAsync(alice.Folder, "", "--transport", transport, "send", "@" + bob.Handle, "by another way"));

        Assert.Equal("by another way", (await NextTextAsync(listening)).GetProperty("text").GetString());
        await AssertFailsAsync(2, "There is no transport 'pigeon'", alice.Folder, "whoami", "--transport", "pigeon");
    }

    [Fact]
    public async Task Errors_are_one_sentence_with_an_exit_code_of_their_own()
    {
        var alice = await RegisterAsync();
        var nobody = _folder.PathOf("nobody");

        await AssertFailsAsync(3, "Nobody is signed in", nobody, "send", "@someone", "x");
        await AssertFailsAsync(4, "cannot be reached", nobody, "--server", "http://localhost:1", "login", "alice", "--password-stdin");
        await AssertFailsAsync(2, "There is no command 'dance'", nobody, "dance");
        await AssertFailsAsync(1, "Nobody has this handle", alice.Folder, "send", "@" + TestAccount.NewHandle(), "x");
    }

    [Fact]
    public async Task Two_processes_cannot_be_the_same_person_at_once()
    {
        var (alice, bob) = (await RegisterAsync(), await RegisterAsync());
        await ChatProcess.RunAsync(bob.Folder, "", "send", "@" + alice.Handle, "x");
        await using var listening = ChatProcess.Start(alice.Folder, "listen");
        await NextTextAsync(listening);

        await AssertFailsAsync(1, "in use by another chat process", alice.Folder, "whoami");
    }

    [Fact]
    public async Task Signing_in_as_somebody_else_is_refused_and_changes_nothing()
    {
        var (alice, bob) = (await RegisterAsync(), await RegisterAsync());

        var refused = await ChatProcess.RunAsync(alice.Folder, TestAccount.GoodPassword + "\n", "login", bob.Handle, "--password-stdin");

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("belongs to @" + alice.Handle, refused.Errors, StringComparison.Ordinal);
        Assert.StartsWith("@" + alice.Handle, (await ChatProcess.RunAsync(alice.Folder, "", "whoami")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profile_is_its_owners_alone_and_remembers_its_server()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no Unix modes.");
            return;
        }

        var alice = await RegisterAsync();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(alice.Folder));
        Assert.Contains((await stack.GatewayAsync()).GetLeftPart(UriPartial.Authority), (await ChatProcess.RunAsync(alice.Folder, "", "whoami")).Output, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(string Handle, string Folder)> RegisterAsync()
    {
        await stack.StartAsync();
        var handle = TestAccount.NewHandle();
        var folder = _folder.PathOf(handle);
        var registered = await ChatProcess.RunAsync(
            folder, TestAccount.GoodPassword + "\n", "--server", (await stack.GatewayAsync()).AbsoluteUri, "register", handle, "--password-stdin");
        Assert.Equal("", registered.Errors);
        Assert.Equal(0, registered.ExitCode);
        return (handle, folder);
    }

    private static Task<JsonElement> NextTextAsync(ChatProcess listening) => NextAsync(listening, "text");

    private static async Task<JsonElement> NextAsync(ChatProcess listening, string type)
    {
        while (true)
        {
            var line = await listening.ReadLineAsync();
            Assert.NotNull(line);
            var message = JsonDocument.Parse(line).RootElement;
            if (message.GetProperty("type").GetString() == type)
                return message;
        }
    }

    private static async Task AssertFailsAsync(int exitCode, string words, string profile, params string[] arguments)
    {
        var result = await ChatProcess.RunAsync(profile, "some password\n", arguments);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(words, result.Errors, StringComparison.Ordinal);
        Assert.StartsWith("chat: ", result.Errors, StringComparison.Ordinal);
        Assert.Single(result.Errors.TrimEnd().Split('\n'));
        Assert.Equal("", result.Output);
    }
}
