using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatService.Tests.Assistant;

/// <summary>
/// A server that speaks the OpenAI wire format (chat completions, streamed as server-sent events) and remembers all that it was
/// sent. A prompt that contains a word that a test has chosen is answered as the test says; any other with an echo.
/// </summary>
public sealed class StandInModel : IAsyncDisposable
{
    public const string Name = "stand-in-1";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<ModelCall, Task>> _answers = new();

    private StandInModel(WebApplication app) => _app = app;

    /// <summary>What was sent, in the order in which it came: whole bodies.</summary>
    public ConcurrentQueue<string> Bodies { get; } = new();

    public string ConnectionString => $"Endpoint={Address}v1;Key=stand-in-key;Model={Name}";

    private Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<StandInModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrelUrl();
        var app = builder.Build();
        var model = new StandInModel(app);
        app.MapPost("/v1/chat/completions", model.CompleteAsync);
        await app.StartAsync();
        return model;
    }

    /// <summary>How prompts with this word are answered from now on.</summary>
    public void When(string word, Func<ModelCall, Task> answer) => _answers[word] = answer;

    public IReadOnlyList<string> BodiesWith(string word) => [.. Bodies.Where(body => body.Contains(word, StringComparison.Ordinal))];

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task CompleteAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        Bodies.Enqueue(body);
        using var request = JsonDocument.Parse(body);
        var prompt = ModelCall.TextOf(request.RootElement.GetProperty("messages").EnumerateArray().Last());
        var call = new ModelCall(context, prompt, context.Request.Headers.Authorization.ToString());
        try
        {
            var scripted = _answers.FirstOrDefault(answer => prompt.Contains(answer.Key, StringComparison.Ordinal)).Value;
            await (scripted ?? (echo => echo.SayAsync($"You said: {prompt}")))(call);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The worker no longer listens.
        }
    }
}
