using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Client.Storage;
using ChatService.Tests.Api;
using ChatService.Tests.AppHost;

namespace ChatService.Tests.Scenarios;

/// <summary>Somebody with one device, who talks and listens through the SDK.</summary>
internal sealed class Person : IAsyncDisposable
{
    private readonly ApiUser _account;
    private readonly InMemoryChatStore _store;
    private readonly Uri _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _listening;
    private readonly Lock _gate = new();
    private readonly List<ChatMessage> _heard = [];

    private Person(ApiUser account, ChatClient client, InMemoryChatStore store, Uri server)
    {
        (_account, Client, _store, _server) = (account, client, store, server);
        _listening = ListenAsync();
    }

    public ChatClient Client { get; }

    public ApiUser Account => _account;

    public Guid Id => _account.Id;

    public string Handle => _account.Profile.Handle;

    /// <summary>What others wrote, in the order in which it came.</summary>
    public IReadOnlyList<ChatMessage> Heard
    {
        get
        {
            lock (_gate)
            {
                return [.. _heard];
            }
        }
    }

    public IEnumerable<string?> HeardTexts => Heard.Select(message => message.Text);

    public static async Task<Person> ConnectAsync(AppHostFixture stack, Uri server, ChatClientOptions? options = null) =>
        await ConnectAsync(await ApiUser.RegisterAsync(stack), server, new(), options);

    /// <summary>Another device of the same user.</summary>
    public static Task<Person> ConnectAsync(AppHostFixture stack, Uri server, Person user) => ConnectAsync(user._account, server, new(), null);

    /// <summary>A device of an account, which ends with the person.</summary>
    public static Task<Person> ConnectAsync(ApiUser account, Uri server, ChatClientOptions options) => ConnectAsync(account, server, new(), options);

    /// <summary>The same device again, after its client was disposed of.</summary>
    public Task<Person> ComeBackAsync() => ConnectAsync(_account, _server, _store, null);

    private static async Task<Person> ConnectAsync(ApiUser account, Uri server, InMemoryChatStore store, ChatClientOptions? options)
    {
        var quick = new ReconnectPolicy { Base = TimeSpan.FromMilliseconds(200), Cap = TimeSpan.FromSeconds(1) };
        var client = await ChatClient.CreateAsync(
            server, account.Tokens, store, (options ?? new()) with { Reconnect = quick }, TestContext.Current.CancellationToken);
        await client.ConnectAsync(TestContext.Current.CancellationToken);
        await client.CaughtUpAsync(TestContext.Current.CancellationToken).WaitAsync(Patience.Limit);
        return new Person(account, client, store, server);
    }

    public Task<Conversation> OpenAsync(Person other) => Client.OpenDirectAsync(other.Handle, TestContext.Current.CancellationToken);

    /// <summary>Completes when the server has it.</summary>
    public Task<ChatMessage> SayAsync(Conversation conversation, string text) =>
        Client.SendTextAsync(conversation, text, TestContext.Current.CancellationToken).WaitAsync(Patience.Limit);

    public Task<IReadOnlyList<ChatMessage>> HistoryAsync(Conversation conversation) =>
        Client.HistoryAsync(conversation.Id, ct: TestContext.Current.CancellationToken);

    public Task HearsAsync(string text) =>
        Patience.UntilAsync(() => HeardTexts.Contains(text), $"@{Handle} hears '{text}'");

    public Task HearsAtLeastAsync(int count) =>
        Patience.UntilAsync(() => Heard.Count >= count, $"@{Handle} hears {count} messages");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        await Client.DisposeAsync();
        _account.Dispose();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            await foreach (var message in Client.Messages(_stop.Token))
            {
                if (message is { IsOwn: false, Content: not SystemContent })
                {
                    lock (_gate)
                    {
                        _heard.Add(message);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Left.
        }
    }
}
