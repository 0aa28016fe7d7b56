using System.Diagnostics;
using ChatService.Client;
using ChatService.Client.Messages;
using ChatService.Client.SignIn;
using ChatService.Client.Storage;

namespace ChatService.Benchmarks.Assistant;

/// <summary>A member who notes when the first words of an answer came, and when the answer did.</summary>
internal sealed class Witness : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly InMemoryChatStore _store;
    private Guid _previous;
    private Guid _current;
    private TaskCompletionSource<long> _firstChunk = new();
    private TaskCompletionSource<long> _answer = new();
    private Task _listening = Task.CompletedTask;

    private Witness(ChatClient client, InMemoryChatStore store)
    {
        (Client, _store) = (client, store);
        client.Events.AnswerChanged += answer =>
        {
            if (answer.PromptId != _previous && answer.Text.Length > 0)
            {
                _current = answer.PromptId;
                _firstChunk.TrySetResult(Stopwatch.GetTimestamp());
            }
        };
    }

    public ChatClient Client { get; }

    public Task<long> FirstChunk => _firstChunk.Task;

    public Task<long> Answer => _answer.Task;

    public static async Task<Witness> ConnectAsync(Uri gateway, Uri hub, CancellationToken cancellationToken)
    {
        const string password = "a long enough password";
        using var signIn = new PasswordSignIn(gateway);
        var handle = $"u{Guid.NewGuid():n}"[..20];
        await signIn.RegisterAsync(handle, password, cancellationToken: cancellationToken);
        var tokens = await signIn.SignInAsync(handle, password, new InMemoryTokenStore(), cancellationToken);
        var store = new InMemoryChatStore();
        var client = await ChatClient.CreateAsync(hub, tokens, store, ct: cancellationToken);
        await client.ConnectAsync(cancellationToken);
        var witness = new Witness(client, store);
        witness._listening = witness.ListenAsync();
        return witness;
    }

    /// <summary>Before the next question is asked.</summary>
    public void Expect()
    {
        _firstChunk = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _previous = _current;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        await Client.DisposeAsync();
        await _store.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            await foreach (var message in Client.Messages(_stop.Token))
            {
                if (message.Content is ReplyContent reply && reply.ReplyTo != _previous)
                {
                    _answer.TrySetResult(Stopwatch.GetTimestamp());
                }
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The end.
        }
    }
}
