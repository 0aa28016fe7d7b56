using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace ChatService.Tests.Telemetry;

public sealed class RedactionTests
{
    private const string Canary = "canary-of-an-access-token";

    [Fact]
    public async Task An_access_token_in_an_address_gets_into_no_span_and_no_log()
    {
        var (spans, logs) = (new SpanCollector(), new LogCollector());
        // Without a collector there is no telemetry; this one refuses, and what would go there is collected here.
        var builder = WebApplication.CreateBuilder(
            ["--urls=http://127.0.0.1:0", "--environment=Development", "--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:9"]);
        builder.AddServiceDefaults();
        builder.Logging.AddProvider(logs);
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddProcessor(spans));
        await using var app = builder.Build();
        app.MapGet("/chatHub/{id}", (string id) => id);
        app.MapDefaultEndpoints();
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();

        var answer = await http.GetStringAsync(
            new Uri($"{app.Urls.Single()}/chatHub/someone?access_token={Canary}"), TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal("someone", answer);
        Assert.Contains(spans.Texts, text => text.Contains("Server", StringComparison.Ordinal) && text.Contains("url.path=/chatHub/{id}", StringComparison.Ordinal));
        Assert.Contains(spans.Texts, text => text.Contains("Client", StringComparison.Ordinal) && text.Contains("url.full=http://127.0.0.1", StringComparison.Ordinal));
        Assert.DoesNotContain(spans.Texts, text => text.Contains(Canary, StringComparison.Ordinal) || text.Contains("someone", StringComparison.Ordinal));
        Assert.NotEmpty(logs.Lines);
        Assert.DoesNotContain(logs.Lines, line => line.Contains(Canary, StringComparison.Ordinal));
    }

    /// <summary>Added after the redactor, it sees what an exporter would.</summary>
    private sealed class SpanCollector : BaseProcessor<Activity>
    {
        public ConcurrentQueue<string> Texts { get; } = new();

        public override void OnEnd(Activity data) => Texts.Enqueue(string.Join(
            ' ', data.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Prepend($"{data.Kind} {data.DisplayName}")));
    }

    private sealed class LogCollector : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Lines { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
