using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ChatService.Tests.Assistant;

/// <summary>A call of the stand-in model that waits to be answered.</summary>
public sealed class ModelCall(HttpContext context, string prompt, string authorization)
{
    private bool _begun;

    public string Prompt => prompt;

    public string Authorization => authorization;

    /// <summary>Cancelled when the caller has hung up.</summary>
    public CancellationToken Gone => context.RequestAborted;

    public static string TextOf(JsonElement message)
    {
        var content = message.GetProperty("content");
        return content.ValueKind == JsonValueKind.String
            ? content.GetString()!
            : string.Concat(content.EnumerateArray().Select(part => part.GetProperty("text").GetString()));
    }

    /// <summary>The whole answer, word by word, and its end.</summary>
    public async Task SayAsync(string text)
    {
        foreach (var word in text.Split(' ').Select((word, index) => index == 0 ? word : " " + word))
            await TokenAsync(word);
        await EndAsync();
    }

    public Task TokenAsync(string token) => ChunkAsync(new { index = 0, delta = new { role = "assistant", content = token }, finish_reason = (string?)null });

    /// <summary>The end of an answer, and what it cost: a token for each four characters of the prompt, and ten.</summary>
    public async Task EndAsync(string reason = "stop")
    {
        await ChunkAsync(new { index = 0, delta = new { }, finish_reason = (string?)reason });
        await EventAsync(JsonSerializer.Serialize(new
        {
            id = "chatcmpl-1",
            @object = "chat.completion.chunk",
            created = 1,
            model = StandInModel.Name,
            choices = Array.Empty<object>(),
            usage = new { prompt_tokens = prompt.Length / 4, completion_tokens = 10, total_tokens = (prompt.Length / 4) + 10 },
        }));
        await EventAsync("[DONE]");
    }

    /// <summary>Something that is no JSON.</summary>
    public Task NonsenseAsync() => EventAsync("{\"id\":\"chatcmpl-1\",\"choices\":[{");

    public void HangUp() => context.Abort();

    public async Task RefuseAsync(int status, string code, string message, int? retryAfter = null)
    {
        context.Response.StatusCode = status;
        if (retryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await context.Response.WriteAsJsonAsync(new { error = new { message, type = "invalid_request_error", code } });
    }

    private Task ChunkAsync(object choice) => EventAsync(JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion.chunk",
        created = 1,
        model = StandInModel.Name,
        choices = new[] { choice },
    }));

    private async Task EventAsync(string data)
    {
        if (!_begun)
        {
            context.Response.ContentType = "text/event-stream";
            _begun = true;
        }

        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes($"data: {data}\n\n"), Gone);
        await context.Response.Body.FlushAsync(Gone);
    }
}
