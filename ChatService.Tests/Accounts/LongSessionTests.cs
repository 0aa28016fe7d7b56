using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Client.Messages;
using ChatService.Contracts;
using ChatService.Tests.AppHost;
using ChatService.Tests.Client;
using ChatService.Tests.HubCalls;
using ChatService.Tests.Scenarios;
using Microsoft.AspNetCore.SignalR.Client;

namespace ChatService.Tests.Accounts;

public sealed class LongSessionTests(AppHostFixture stack)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_outlives_its_tokens_without_a_break_over_every_transport_and_a_connection_that_does_not_renew_is_closed()
    {
        await using var hub = await HubProcess.StartAsync(
            await stack.ConnectionStringAsync("chatdb"), await stack.ConnectionStringAsync("redis"), ("Authentication:AccessTokenSeconds", "12"));
        await using var bob = await TestPerson.CreateAsync(await stack.HubAsync(2));
        var idle = await TestAccount.CreateAsync(hub.Address);
        var user = await idle.Tokens.GetAccessTokenAsync(Token);
        var closed = new TaskCompletionSource();
        await using var stale = await IdleAsync(hub.Address, user, closed);

        var sent = await Task.WhenAll(Enum.GetValues<HubTransport>().Select(transport => TalkAsync(hub.Address, transport, bob.Handle)));

        var heard = await bob.TextsAsync(sent.Sum(texts => texts.Count));
        Assert.All(sent, texts => Assert.Equal(texts, heard.Where(text => text.StartsWith(texts[0], StringComparison.Ordinal))));
        await closed.Task.WaitAsync(Patience.Limit, Token);
    }

    /// <summary>Somebody who talks until their connection was renewed twice, and never sees it go.</summary>
    /// <returns>What they said, each beginning with the first.</returns>
    private static async Task<IReadOnlyList<string>> TalkAsync(Uri server, HubTransport transport, string to)
    {
        await using var alice = await TestPerson.CreateAsync(server, new() { Transport = transport });
        var conversation = await alice.Client.OpenDirectAsync(to, Token);
        List<ConnectionState> states = [];
        alice.Client.Events.ConnectionChanged += states.Add;
        var last = alice.Client.Parts.Connection.Current;

        List<string> sent = [];
        var renewals = 0;
        await Patience.UntilAsync(
            async () =>
            {
                sent.Add($"{transport}{new string('.', sent.Count)}");
                await alice.Client.SendTextAsync(conversation, sent[^1], Token);
                if (!ReferenceEquals(alice.Client.Parts.Connection.Current, last))
                {
                    last = alice.Client.Parts.Connection.Current;
                    renewals++;
                }

                // No more than a person would say: all of it is read again at the end.
                await Task.Delay(100, Token);
                return renewals >= 2;
            },
            $"the connection by {transport} is renewed twice");
        Assert.Empty(states);
        return sent;
    }

    /// <summary>A stock client with one token, which it keeps.</summary>
    private static async Task<HubConnection> IdleAsync(Uri server, string token, TaskCompletionSource closed)
    {
        using var http = TestAccount.Client(server, token);
        var device = await Api.ApiDevice.CreateAsync();
        using var registered = await http.PutAsync(
            new Uri(Routes.Device(device.Id), UriKind.Relative), System.Net.Http.Json.JsonContent.Create(device.Registration), Token);
        Assert.True(registered.IsSuccessStatusCode);
        var connection = new HubConnectionBuilder()
            .WithUrl(new Uri(server, $"{Routes.Hub}?{Routes.DeviceParameter}={device.Id}"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(token))
            .Build();
        connection.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await connection.StartAsync(Token);
        return connection;
    }
}
