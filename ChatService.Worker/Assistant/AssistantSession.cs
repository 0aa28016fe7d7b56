using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Client.Messages;
using ChatService.Client.SignIn;
using ChatService.Contracts;
using Microsoft.Extensions.Options;

namespace ChatService.Worker.Assistant;

/// <summary>The assistant while this worker is it: connected, listening, answering. Ends when anything under it fails, and then begins anew.</summary>
internal sealed class AssistantSession(
    AssistantDatabase database, AssistantServer server, AssistantBudget budget, AssistantMetrics metrics, IOptions<AssistantOptions> options, ILoggerFactory loggers, TimeProvider time)
{
    private const string Subscription = "assistant";

    // Its tables are in the store, and the address of the hubs may change under it.
    private const string ServerName = "assistant";

    /// <param name="begun">Called when it is connected.</param>
    public async Task RunAsync(
        AssistantLease lease, ClientCredentials credentials, Model? model, string problem, Action begun, CancellationToken cancellationToken)
    {
        await using var store = await PostgresChatStore.OpenAsync(database, AssistantKeys.ForStore(options.Value.SealingKey!), lease.Fence, cancellationToken);
        using var http = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(30) };
        using var tokens = new ClientCredentialsSignIn(http, credentials, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost, store.Broken);
        await SignInAsync(tokens, end.Token);
        await using var client = await ChatClient.CreateAsync(server.Address, tokens, store, Settings(), end.Token);
        client.Events.ConnectionChanged += state =>
        {
            if (state == ConnectionState.Disconnected)
            {
                end.Cancel();
            }
        };

        await client.ConnectAsync(end.Token);
        await RemoveOtherDevicesAsync(client, end.Token);
        metrics.SessionBegan();
        begun();
        try
        {
            await AnswerAsync(client, store, model, problem, end.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw client.Failure ?? (Exception)new ChatException(
                ClientErrorCodes.NotConnected, lease.Lost.IsCancellationRequested ? "Another worker took over." : "The database or the connection failed.");
        }
        finally
        {
            metrics.SessionEnded();
        }
    }

    /// <exception cref="AssistantConfigurationException">The hubs are no authority, or not one that knows the assistant.</exception>
    private async Task SignInAsync(ClientCredentialsSignIn tokens, CancellationToken cancellationToken)
    {
        try
        {
            await tokens.GetAccessTokenAsync(cancellationToken);
        }
        catch (ChatException exception) when (options.Value.SignIn is null && exception.Code is ErrorCodes.Unauthorized or ErrorCodes.NotFound)
        {
            throw new AssistantConfigurationException(
                $"The hubs give the assistant no token ({exception.Message.TrimEnd('.')}). When they trust an authority of your own, set Assistant:SignIn to client credentials of it.");
        }
    }

    private ChatClientOptions Settings() => new()
    {
        DeviceName = "ChatService.Worker",
        ServerName = ServerName,
        // Several hubs behind one address, and no cookies to find one of them again.
        Transport = HubTransport.WebSocketsOnly,
        // It talks with everybody: a store that was put back from a backup has lost a session with each of them.
        ResealRequestsPerDay = 5_000,
        Reconnect = new ReconnectPolicy { Base = TimeSpan.FromMilliseconds(250), Cap = TimeSpan.FromSeconds(5) },
        LoggerFactory = loggers,
        Time = time,
    };

    private async Task AnswerAsync(ChatClient client, PostgresChatStore store, Model? model, string problem, CancellationToken stop)
    {
        using var answering = new Answering(client, model, problem, budget, metrics, options, time);
        var waiting = new WaitingPrompts(store);
        using var lanes = new AnswerLanes(
            client,
            waiting,
            new LatePrompts(client, time),
            answering,
            new ThreadUpkeep(client, waiting, Subscription),
            options.Value.ConcurrentAnswers,
            loggers.CreateLogger<AnswerLanes>(),
            stop);
        try
        {
            await lanes.ResumeAsync();
            await foreach (var message in client.Messages(Subscription, fromStart: true, stop))
            {
                // What was sealed to the assistant and cannot be opened was a question too: silence is no answer.
                if (message is { IsOwn: false, Content: AssistantPromptContent or UndecryptableContent })
                {
                    await lanes.AddAsync(message);
                }
            }
        }
        finally
        {
            await lanes.EndAsync();
        }
    }

    /// <summary>Of an earlier sealing key, whose keys are gone: nobody should seal to them any more.</summary>
    private static async Task RemoveOtherDevicesAsync(ChatClient client, CancellationToken cancellationToken)
    {
        foreach (var device in (await client.People.OwnDevicesAsync(cancellationToken)).Where(device => device.Id != client.DeviceId))
        {
            await client.People.RemoveDeviceAsync(device.Id, cancellationToken);
        }
    }
}
