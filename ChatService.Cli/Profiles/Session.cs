using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Storage;

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
            var client = await ChatClient.ResumeAsync(profile.Server, store, Options(patient), ct)
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

    /// <summary>A conversation as people name it: @handle, or a conversation's id.</summary>
    public async Task<Conversation> OpenAsync(string target, CancellationToken ct)
    {
        if (!Guid.TryParse(target, out var id))
            return await Client.OpenDirectAsync(target.TrimStart('@').ToLowerInvariant(), ct);
        return await Client.FindConversationAsync(id, ct) ?? throw new CliException($"There is no conversation {id} on this device.");
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await store.DisposeAsync();
    }
}
