using ChatService.Tests.Accounts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Storage;

namespace ChatService.Tests.Client;

public sealed class DeviceCommandsTests(AppHostFixture stack) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_second_profile_is_a_second_device_that_can_be_renamed_and_removed_and_is_out_then()
    {
        var handle = TestAccount.NewHandle();
        var (phone, tablet) = (_folder.PathOf("phone"), _folder.PathOf("tablet"));
        var server = (await stack.GatewayAsync()).AbsoluteUri;
        await OkAsync(phone, TestAccount.GoodPassword, "register", handle, "--server", server, "--password-stdin");
        await OkAsync(tablet, TestAccount.GoodPassword, "login", handle, "--server", server, "--password-stdin");

        var lines = (await OkAsync(phone, "", "devices")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        var second = lines.Single(line => !line.Contains("this one", StringComparison.Ordinal)).Split('\t')[0];
        await OkAsync(phone, "", "devices", "rename", second, "the tablet");
        Assert.Contains($"{second}\tthe tablet\t", await OkAsync(phone, "", "devices"), StringComparison.Ordinal);
        Assert.Equal(1, (await ChatProcess.RunAsync(phone, "", "devices", "remove", "no such device")).ExitCode);

        await OkAsync(phone, "", "devices", "remove", "the tablet");

        var refused = await ChatProcess.RunAsync(tablet, "", "devices");
        Assert.Equal(3, refused.ExitCode);
        Assert.Single((await OkAsync(phone, "", "devices")).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task What_others_see_is_switched_off_and_on()
    {
        var profile = _folder.PathOf("profile");
        await OkAsync(
            profile, TestAccount.GoodPassword, "register", TestAccount.NewHandle(), "--server", (await stack.GatewayAsync()).AbsoluteUri, "--password-stdin");

        Assert.Equal(["receipts\ton", "typing\ton", "presence\ton"], Lines(await OkAsync(profile, "", "settings")));
        Assert.Equal(["receipts\toff", "typing\ton", "presence\toff"], Lines(await OkAsync(profile, "", "settings", "--receipts", "off", "--presence", "off")));
        Assert.Equal(["receipts\toff", "typing\ton", "presence\ton"], Lines(await OkAsync(profile, "", "settings", "--presence", "on")));
        Assert.Equal(2, (await ChatProcess.RunAsync(profile, "", "settings", "--typing", "perhaps")).ExitCode);
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Lines(string text) => text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    private static async Task<string> OkAsync(string profile, string input, params string[] arguments)
    {
        var result = await ChatProcess.RunAsync(profile, input, arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        return result.Output;
    }
}
