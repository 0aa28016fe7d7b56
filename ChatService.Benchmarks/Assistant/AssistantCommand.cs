using System.Diagnostics;
using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using ChatService.Client;
using ChatService.Client.Conversations;
using ChatService.Client.Messages;
using ChatService.Contracts;

namespace ChatService.Benchmarks.Assistant;

/// <summary>
/// How long after the model's first token its first words are on the screens: of whoever asked, on one hub, and of whoever watches, on the
/// other. The whole stack runs, with a model of its own.
/// </summary>
internal static class AssistantCommand
{
    public const string Usage = "assistant [questions, 200 if not said]";

    /// <summary>Until the code is compiled for good.</summary>
    private const int WarmUp = 30;

    public static async Task<int> RunAsync(string[] args)
    {
        var questions = 200;
        if (args.Length > 1 || (args.Length == 1 && (!int.TryParse(args[0], NumberStyles.None, CultureInfo.InvariantCulture, out questions) || questions == 0)))
        {
            Console.Error.WriteLine($"Usage: {Usage}");
            return 1;
        }

        // The worker inherits them: nobody is to be told to ask less.
        foreach (var budget in (string[])["UserRequestsPerMinute", "ConversationRequestsPerMinute"])
        {
            Environment.SetEnvironmentVariable($"Assistant__{budget}", "10000");
        }

        foreach (var budget in (string[])["UserTokensPerDay", "ConversationTokensPerDay"])
        {
            Environment.SetEnvironmentVariable($"Assistant__{budget}", "1000000000");
        }

        await using var model = await TokenModel.StartAsync();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ChatService_AppHost>([$"--ConnectionStrings:openai={model.ConnectionString}"]);
        await using var app = await builder.BuildAsync();
        await app.StartAsync();
        await app.ResourceNotifications.WaitForResourceHealthyAsync("gateway");
        await MeasureAsync(app, model, questions);
        return 0;
    }

    private static async Task MeasureAsync(DistributedApplication app, TokenModel model, int questions)
    {
        var gateway = app.GetEndpoint("gateway", "http");
        await using var asker = await Witness.ConnectAsync(gateway, app.GetEndpoint("hub-1", "http"), CancellationToken.None);
        await using var watcher = await Witness.ConnectAsync(gateway, app.GetEndpoint("hub-2", "http"), CancellationToken.None);
        var group = await OpenGroupAsync(asker.Client, watcher.Client);

        List<double> asked = [], watched = [], ended = [];
        for (var question = 1; question <= WarmUp + questions; question++)
        {
            asker.Expect();
            watcher.Expect();
            var first = model.NextFirstToken();
            await asker.Client.SendAsync(group.Id, new AssistantPromptContent($"Question {question}"));
            var last = Math.Max(await asker.Answer, await watcher.Answer);
            if (question > WarmUp)
            {
                asked.Add(Stopwatch.GetElapsedTime(await first, await asker.FirstChunk).TotalMilliseconds);
                watched.Add(Stopwatch.GetElapsedTime(await first, await watcher.FirstChunk).TotalMilliseconds);
                ended.Add(Stopwatch.GetElapsedTime(await first, last).TotalMilliseconds);
            }
        }

        Console.WriteLine($"{questions} answers of 20 tokens, one every 20 ms; milliseconds from the model's first token");
        Console.WriteLine($"{"to",-36} {"p50",8} {"p99",8} {"longest",8}");
        Print("the first words, who asked (hub-1)", asked);
        Print("the first words, who watches (hub-2)", watched);
        Print("the answer as a message, both", ended);
    }

    /// <summary>The assistant appears when the worker has made it, which the hubs do not wait for.</summary>
    private static async Task<Conversation> OpenGroupAsync(ChatClient asker, ChatClient watcher)
    {
        while (true)
        {
            try
            {
                var group = await asker.CreateGroupAsync("Answers", [watcher.Me.Handle, "gpt"]);
                // Its device comes a moment after its account.
                await Task.Delay(TimeSpan.FromSeconds(3));
                return group;
            }
            catch (ChatException exception) when (exception.Code == ErrorCodes.NotFound)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(500));
            }
        }
    }

    private static void Print(string what, List<double> milliseconds)
    {
        milliseconds.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{what,-36} {At(0.5),8:0.0} {At(0.99),8:0.0} {milliseconds[^1],8:0.0}"));

        double At(double share) => milliseconds[(int)Math.Min(milliseconds.Count - 1, milliseconds.Count * share)];
    }
}
