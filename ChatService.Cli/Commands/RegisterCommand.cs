using System.CommandLine;
using ChatService.Cli.Profiles;
using ChatService.Client;
using ChatService.Client.SignIn;

namespace ChatService.Cli.Commands;

/// <summary>Makes an account, signs in, and registers this profile as a device of it.</summary>
internal static class RegisterCommand
{
    public static Command Create()
    {
        var handle = Handles.Own();
        var name = new Option<string?>("--name") { Description = "The name that others see; the handle when left out." };
        var fromStdin = Passwords.FromStdin();
        var command = new Command("register", "Make an account, and sign in with it.") { handle, name, fromStdin };
        command.SetAction(async (result, ct) =>
        {
            var profile = result.OpenProfile();
            await using var store = await profile.OpenStoreAsync(ct);
            var own = await Handles.OwnAsync(result.GetValue(handle), ct);
            var password = await Passwords.ReadAsync(result.GetValue(fromStdin), twice: true, ct);
            using var accounts = new PasswordSignIn(profile.Server);
            await accounts.RegisterAsync(own, password, result.GetValue(name), ct);
            await using var client = await ChatClient.SignInAsync(profile.Server, own, password, store, Session.Options(), ct);
            await profile.RememberServerAsync(ct);
            await Console.Out.WriteLineAsync($"Registered and signed in as @{client.Me.Handle}. Write to someone with 'chat with @handle'.");
            return ExitCode.Done;
        });
        return command;
    }
}
