namespace ChatService.Hub.Assistant;

public static class AssistantExtensions
{
    /// <summary>Prompts and answers, which this process passes on and cannot open.</summary>
    public static WebApplicationBuilder AddAnswers(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton<AnswerQueries>();
        builder.Services.AddSingleton<AnswerChannels>();
        builder.Services.AddSingleton<AnswerStreams>();
        builder.Services.AddSingleton<AnswerRelay>();
        builder.Services.AddHostedService(services => services.GetRequiredService<AnswerRelay>());
        return builder;
    }
}
