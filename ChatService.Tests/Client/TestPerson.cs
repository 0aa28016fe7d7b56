using ChatService.Client;
using ChatService.Client.Messages;
using ChatService.Client.SignIn;
using ChatService.Client.Storage;
using ChatService.Contracts;
using ChatService.Tests.Accounts;

namespace ChatService.Tests.Client;

/// <summary>Somebody with an account and a device, who can be restarted on the same store.</summary>
internal sealed class TestPerson : IAsyncDisposable
{
    private readonly InMemoryChatStore _store = new();
    private readonly ChatClientOptions _options;

    private TestPerson(string handle, Uri server, ChatClientOptions options)
    {
        (Handle, Server, _options) = (handle, server, options);
        Client = null!;
    }

    public string Handle { get; }

    /// <summary>Where the next start connects to.</summary>
    public Uri Server { get; }

    public ChatClient Client { get; private set; }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<TestPerson> CreateAsync(Uri server, ChatClientOptions? options = null)
    {
        var person = new TestPerson(TestAccount.NewHandle(), server, options ?? new());
        using (var accounts = new PasswordSignIn(server))
            await accounts.RegisterAsync(person.Handle, TestAccount.GoodPassword, cancellationToken: Ct);
        person.Client = await ChatClient.SignInAsync(server, person.Handle, TestAccount.GoodPassword, person._store, person._options, Ct);
        await person.Client.ConnectAsync(Ct);
        return person;
    }

    /// <param name="before">What to do before it connects.</param>
    public async Task RestartAsync(Action<ChatClient>? before = null)
    {
        await Client.DisposeAsync();
        Client = (await ChatClient.ResumeAsync(Server, _store, _options, Ct))!;
        before?.Invoke(Client);
        await Client.ConnectAsync(Ct);
    }

    /// <summary>The next so many texts of others, from this start of the client on.</summary>
    public async Task<string[]> TextsAsync(int count)
    {
        List<string> texts = [];
        await foreach (var message in Client.Messages(Ct))
        {
            if (message.Content is TextContent text)
                texts.Add(text.Text);
            if (texts.Count == count)
                break;
        }

        return [.. texts];
    }

    /// <summary>All texts of a conversation on this device, own ones too.</summary>
    public async Task<string[]> HistoryAsync(Guid conversationId) =>
        [.. (await Client.HistoryAsync(conversationId, limit: Limits.HistoryPage, ct: Ct)).Select(message => message.Text).OfType<string>()];

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _store.DisposeAsync();
    }
}
