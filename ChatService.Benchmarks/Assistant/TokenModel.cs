using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatService.Benchmarks.Assistant;

/// <summary>A model that speaks the OpenAI wire format, answers with some tokens at a steady pace, and notes when the first one left.</summary>
internal sealed class TokenModel : IAsyncDisposable
{
    private const int Tokens = 20;

    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(20);

    private readonly WebApplication _app;
    private TaskCompletionSource<long> _first = new();

    private TokenModel(WebApplication app) => _app = app;

    public string ConnectionString =>
        $"Endpoint={_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/v1;Model=tokens";

    public static async Task<TokenModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var model = new TokenModel(app);
        app.MapPost("/v1/chat/completions", model.CompleteAsync);
        await app.StartAsync();
        return model;
    }

    /// <summary>The <see cref="Stopwatch"/> timestamp of the next answer's first token.</summary>
    public Task<long> NextFirstToken() => (_first = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task CompleteAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        context.Response.ContentType = "text/event-stream";
        for (var token = 0; token < Tokens; token++)
        {
            if (token == 0)
            {
                _first.TrySetResult(Stopwatch.GetTimestamp());
            }

            await WriteAsync(context, new { role = "assistant", content = $"token{token} " }, null);
            await Task.Delay(s_pace, context.RequestAborted);
        }

        await WriteAsync(context, new { }, "stop");
        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, object delta, string? finishReason)
    {
        var data = JsonSerializer.Serialize(new
        {
            id = "chatcmpl-1",
            @object = "chat.completion.chunk",
            created = 1,
            model = "tokens",
            choices = new[] { new { index = 0, delta, finish_reason = finishReason } },
        });
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {data}\n\n"), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
