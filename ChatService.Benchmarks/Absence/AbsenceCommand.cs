using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using ChatService.Client;
using ChatService.Client.Connection;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Client.SignIn;
using ChatService.Client.Storage;

namespace ChatService.Benchmarks.Absence;

/// <summary>
/// How long it takes somebody who comes back through the gateway to have, opened and stored, everything that was written meanwhile.
/// The whole stack runs.
/// </summary>
internal static class AbsenceCommand
{
    private const string Password = "a long enough password";

    public static async Task<int> RunAsync(string[] args)
    {
        AbsenceOptions options;
        try
        {
            options = AbsenceOptions.Parse(args);
        }
        catch (ArgumentException e)
        {
            Console.Error.WriteLine($"{e.Message} Usage: {AbsenceOptions.Usage}");
            return 1;
        }

        // The hubs inherit them: the writers are in a hurry.
        foreach (var limit in (string[])["messages", "message-bytes", "conversations"])
        {
            Environment.SetEnvironmentVariable($"RateLimits__{limit}__Burst", "1000000000");
        }

        SQLitePCL.Batteries_V2.Init();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ChatService_AppHost>([]);
        await using var app = await builder.BuildAsync();
        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("gateway");
        return await MeasureAsync(app.GetEndpoint("gateway", "http"), options) ? 0 : 1;
    }

    private static async Task<bool> MeasureAsync(Uri gateway, AbsenceOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("absence-");
        try
        {
            using var signIn = new PasswordSignIn(gateway);
            var handle = await RegisterAsync(signIn);
            var tokens = await signIn.SignInAsync(handle, Password, new InMemoryTokenStore());
            await using var memory = new InMemoryChatStore();
            await using var other = new InMemoryChatStore();
            await using var file = await SqliteChatStore.OpenAsync(Path.Combine(folder.FullName, "store.db"));
            Device[] devices =
            [
                new("in memory, stateful reconnect", memory, HubTransport.Automatic),
                new("in memory, WebSockets only", other, HubTransport.WebSocketsOnly),
                new("SQLite, WebSockets only", file, HubTransport.WebSocketsOnly),
            ];
            foreach (var device in devices)
            {
                await using var client = await device.OpenAsync(gateway, tokens);
                await client.ConnectAsync();
            }

            var started = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, options.Writers).Select(writer => WriteAsync(gateway, signIn, handle, writer, options)));
            Print($"{options.Messages} messages of {options.Writers} to {options.Conversations} groups, each for three devices", started);

            var complete = true;
            foreach (var device in devices)
            {
                complete &= await ComeBackAsync(gateway, tokens, device, options);
            }

            return complete;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<bool> ComeBackAsync(Uri gateway, IAccessTokenSource tokens, Device device, AbsenceOptions options)
    {
        await using var client = await device.OpenAsync(gateway, tokens);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Events.ConversationCaughtUp += _ => first.TrySetResult();
        var started = Stopwatch.GetTimestamp();
        await client.ConnectAsync();
        await first.Task;
        Print($"{device.Name}: the first conversation is complete", started);
        await client.CaughtUpAsync();
        Print($"{device.Name}: everything is", started);

        var (opened, others) = (0, 0);
        await foreach (var message in client.Messages())
        {
            (opened, others) = message.Content switch
            {
                TextContent => (opened + 1, others),
                UndecryptableContent or MissingContent => (opened, others + 1),
                _ => (opened, others),
            };
            if (opened + others == options.Messages)
            {
                break;
            }
        }

        if (others > 0)
        {
            Console.WriteLine($"{device.Name}: {others} could not be opened.");
        }

        return others == 0;
    }

    /// <summary>This writer's conversations, one after the other, as a program that reports would: the hardest order for a ratchet.</summary>
    private static async Task WriteAsync(Uri gateway, PasswordSignIn signIn, string reader, int writer, AbsenceOptions options)
    {
        var tokens = await signIn.SignInAsync(await RegisterAsync(signIn), Password, new InMemoryTokenStore());
        await using var store = new InMemoryChatStore();
        await using var client = await ChatClient.CreateAsync(gateway, tokens, store);
        await client.ConnectAsync();
        for (var talk = writer; talk < options.Conversations; talk += options.Writers)
        {
            var group = await client.CreateGroupAsync($"Group {talk}", [reader]);
            var count = (options.Messages / options.Conversations) + (talk < options.Messages % options.Conversations ? 1 : 0);
            await Task.WhenAll(Enumerable.Range(1, count).Select(number => client.SendTextAsync(group, $"Message {number}, as long as people write them.")));
        }
    }

    private static async Task<string> RegisterAsync(PasswordSignIn signIn)
    {
        var handle = $"u{Guid.NewGuid():n}"[..20];
        await signIn.RegisterAsync(handle, Password);
        return handle;
    }

    private static void Print(string what, long since) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(since).TotalSeconds,7:0.0} s  {what}"));

    private sealed record Device(string Name, IChatStore Store, HubTransport Transport)
    {
        public Task<ChatClient> OpenAsync(Uri gateway, IAccessTokenSource tokens) =>
            ChatClient.CreateAsync(gateway, tokens, Store, new ChatClientOptions { Transport = Transport });
    }
}
