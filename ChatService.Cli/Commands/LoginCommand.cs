using System.CommandLine;
using ChatService.Cli.Output;
using ChatService.Cli.Profiles;
using ChatService.Client;
using ChatService.Client.SignIn;
using ChatService.Client.Storage;

namespace ChatService.Cli.Commands;

/// <summary>Signs in, with a password or through a browser, and registers this profile as a device.</summary>
internal static class LoginCommand
{
    public static Command Create()
    {
        var handle = Handles.Own();
        var fromStdin = Passwords.FromStdin();
        var device = new Option<bool>("--device") { Description = "Sign in with a browser, on this or any other device." };
        var command = new Command("login", "Sign in.") { handle, fromStdin, device };
        command.SetAction(async (result, ct) =>
        {
            var profile = result.OpenProfile();
            await using var store = await profile.OpenStoreAsync(ct);
            await using var client = result.GetValue(device)
                ? await ChatClient.SignInWithBrowserAsync(profile.Server, ShowAsync, store, Session.Options(), ct)
                : await WithPasswordAsync(profile, store, result.GetValue(handle), result.GetValue(fromStdin), ct);
            await profile.RememberServerAsync(ct);
            await Console.Out.WriteLineAsync($"Signed in as @{client.Me.Handle}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<ChatClient> WithPasswordAsync(Profile profile, IChatStore store, string? handle, bool fromStdin, CancellationToken ct)
    {
        var own = await Handles.OwnAsync(handle, ct);
        var password = await Passwords.ReadAsync(fromStdin, twice: false, ct);
        return await ChatClient.SignInAsync(profile.Server, own, password, store, Session.Options(), ct);
    }

    private static async ValueTask ShowAsync(DevicePrompt prompt, CancellationToken ct)
    {
        await Console.Error.WriteLineAsync(TerminalText.OneLine($"Open {prompt.VerificationUri} in a browser and enter {prompt.UserCode}").AsMemory(), ct);
        await Console.Error.WriteLineAsync($"(until {prompt.ExpiresAt.ToLocalTime():HH:mm}). Waiting …".AsMemory(), ct);
    }
}
