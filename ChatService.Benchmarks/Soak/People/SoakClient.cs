using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Client.Messages;
using ChatService.Client.SignIn;
using ChatService.Client.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatService.Benchmarks.Soak.People;

/// <summary>Somebody with an account and one device, who listens to the end, and says what they are told to say.</summary>
internal sealed class SoakClient : IAsyncDisposable
{
    private const string Password = "a long enough password";

    private readonly PasswordSignIn _signIn;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ToldMessage> _told = [];
    private readonly Task _listening;
    private int _toldCount;

    private SoakClient(string handle, Way way, PasswordSignIn signIn, ChatClient client, InMemoryChatStore store)
    {
        (Handle, Way, _signIn, Client, Store) = (handle, way, signIn, client, store);
        Connection = new(client.Events);
        _listening = ListenAsync();
    }

    public string Handle { get; }

    public Way Way { get; }

    public ChatClient Client { get; }

    public InMemoryChatStore Store { get; }

    public ConnectionTimes Connection { get; }

    public List<SoakRoom> Rooms { get; } = [];

    public int ToldCount => Volatile.Read(ref _toldCount);

    /// <param name="gateway">Where accounts are.</param>
    /// <param name="way">How this one reaches a hub.</param>
    public static async Task<SoakClient> CreateAsync(int number, Uri gateway, Way way, ClientErrors errors, CancellationToken ct)
    {
        var handle = $"soak{number:d4}";
        var signIn = new PasswordSignIn(gateway);
        await signIn.RegisterAsync(handle, Password, cancellationToken: ct);
        var tokens = await signIn.SignInAsync(handle, Password, new InMemoryTokenStore(), ct);
        var store = new InMemoryChatStore();
        var options = new ChatClientOptions { DeviceName = "Soak", Transport = way.Transport, LoggerFactory = errors };
        if (way.MessagePack)
        {
            options = options with { ConfigureHub = hub => hub.AddMessagePackProtocol() };
        }

        var client = await ChatClient.CreateAsync(way.Server, tokens, store, options, ct);
        var soak = new SoakClient(handle, way, signIn, client, store);
        await client.ConnectAsync(ct);
        await client.CaughtUpAsync(ct);
        return soak;
    }

    /// <summary>Waits until it has heard of the conversation.</summary>
    public async Task KnowsAsync(Guid conversationId, CancellationToken ct)
    {
        while (await Client.FindConversationAsync(conversationId, ct) is null)
        {
            await Task.Delay(50, ct);
        }
    }

    /// <summary>What it was told, in the order in which it was. Ends the listening.</summary>
    public async Task<IReadOnlyList<ToldMessage>> ToldAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        return _told;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        await Client.DisposeAsync();
        await Store.DisposeAsync();
        _signIn.Dispose();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        var random = new Random();
        try
        {
            await foreach (var message in Client.Messages(_stop.Token))
            {
                _told.Add(ToldMessage.Of(message));
                Volatile.Write(ref _toldCount, _told.Count);
                if (random.Next(4) == 0 && message.Content is TextContent)
                {
                    await Client.MarkReadAsync(message, _stop.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Has heard enough.
        }
    }
}
