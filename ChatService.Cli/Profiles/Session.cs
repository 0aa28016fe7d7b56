using ChatService.Cli.Commands;
using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Storage;
using ChatService.Contracts;

namespace ChatService.Cli.Profiles;

/// <summary>A profile's client, signed in, and the store under it.</summary>
internal sealed class Session(SqliteChatStore store, ChatClient client) : IAsyncDisposable
{
    public ChatClient Client { get; } = client;

    /// <summary>Goes on with the profile's sign-in.</summary>
    public static async Task<Session> ResumeAsync(Profile profile, CancellationToken ct, bool patient = false)
    {
        var store = await profile.OpenStoreAsync(ct);
        try
        {
            var client = await ChatClient.ResumeAsync(profile.Server, store, Options(patient) with { Transport = profile.Transport }, ct)
                ?? throw new CliException("Nobody is signed in with this profile: run 'chat login' or 'chat register' first.", ExitCode.NotSignedIn);
            return new(store, client);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public static async Task<Session> ConnectAsync(Profile profile, CancellationToken ct, bool patient = false)
    {
        var session = await ResumeAsync(profile, ct, patient);
        session.Client.Events.DeviceReplaced += _ => Console.Error.WriteLine(
            "This device was not used for 90 days and is registered anew: what was sent since then cannot be read on it, and your contacts see a new device.");
        try
        {
            await session.Client.ConnectAsync(ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public static ChatClientOptions Options(bool patient = false) => new()
    {
        DeviceName = $"chat on {Environment.MachineName}" is var name && name.Length > 64 ? name[..64] : name,
        RetryFirstConnect = patient,
    };

    /// <summary>A conversation as people name it: @handle, a group's name, or a conversation's id.</summary>
    public Task<Conversation> OpenAsync(string target, CancellationToken ct) =>
        target.StartsWith('@') ? Client.OpenDirectAsync(Handles.Normalize(target), ct) : FindAsync(target, ct);

    /// <summary>A group as people name it: by its name or id.</summary>
    public async Task<Conversation> FindGroupAsync(string target, CancellationToken ct) =>
        await FindAsync(target, ct) switch
        {
            { Type: not ConversationType.Group } => throw new CliException($"'{target}' is not a group."),
            { IsMember: false } => throw new CliException($"You are no longer a member of '{target}'."),
            var group => group,
        };

    private async Task<Conversation> FindAsync(string target, CancellationToken ct)
    {
        await Client.CaughtUpAsync(ct);
        if (Guid.TryParse(target, out var id))
            return await Client.FindConversationAsync(id, ct) ?? throw new CliException($"There is no conversation {id} on this device.");
        var groups = (await Client.ConversationsAsync(ct)).Where(each => each.Type == ConversationType.Group).ToList();
        var named = groups.Where(each => each.Title == target).ToList();
        if (named.Count == 0)
            named = [.. groups.Where(each => each.Title.Equals(target, StringComparison.OrdinalIgnoreCase))];
        return named.Count switch
        {
            1 => named[0],
            0 => throw new CliException($"There is no group '{target}'. People are named with an @ before their handle; 'chat conversations' lists what there is."),
            _ => throw new CliException($"There are {named.Count} groups '{target}': name the one by its id, as 'chat conversations' shows it."),
        };
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await store.DisposeAsync();
    }
}
